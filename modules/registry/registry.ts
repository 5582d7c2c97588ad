import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js'
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js'
import { Fn } from 'cdktf'
import { defineModule } from '../define.ts'
import { flag, number, text } from '../inputs.ts'

/** Where the container images are (guide 2.4). */
export const registry = defineModule('registry', {
  description: 'Repository of container images: tags never move, each push is scanned, old images expire',
  cost: '0.10 dollars for a GB of images (unverified): 500 images share most layers, so a few dollars.',
  inputs: {
    name: text('Name of the repository', {
      default: 'wiko-defect-analyzer', // guide 2.4
      pattern: ['^[a-z0-9]+([._/-][a-z0-9]+)*$', 'Not a repository name.'],
    }),
    kmsKeyArn: text('Key that encrypts the images'),
    // Each merge pushes one, and a release may be hundreds of merges old: its image must not expire while it runs.
    keepImages: number('Newest images that are kept: the one that runs and those that a rollback can go back to', {
      default: 500,
      min: 100,
    }),
    forceDestroy: flag('Delete the repository even with images in it', { default: false }),
  },
  outputs: {
    url: 'Address that images are pushed to, without a tag',
    arn: 'ARN of the repository',
    name: 'Name of the repository',
  },
  resources(scope, input) {
    const repository = new EcrRepository(scope, 'main', {
      name: input.name,
      imageTagMutability: 'IMMUTABLE', // guide 2.4 pushes `latest`; a tag that moves says nothing of what runs
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: input.kmsKeyArn }],
      forceDelete: input.forceDestroy,
    })
    new EcrLifecyclePolicy(scope, 'expiry', {
      repository: repository.name,
      policy: Fn.jsonencode({
        rules: [
          {
            rulePriority: 1,
            description: 'Left-overs of interrupted pushes',
            selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
            action: { type: 'expire' },
          },
          {
            rulePriority: 2,
            description: 'All but the newest',
            selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: input.keepImages },
            action: { type: 'expire' },
          },
        ],
      }),
    })
    return { url: repository.repositoryUrl, arn: repository.arn, name: repository.name }
  },
})
