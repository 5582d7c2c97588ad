import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js'
import { defineModule } from '../define.ts'
import { subjects, workflowRole } from '../delivery/workflow-role.ts'
import { policy } from '../iam.ts'
import { text } from '../inputs.ts'
import { boundary, deployPermissions, noNames } from './permissions.ts'

/** Synth-time choices of a deployer. */
export interface DeployerOptions {
  /** Names of the environment's roles, as IAM patterns such as `wiko-staging-task*`. */
  readonly roleNames: readonly string[]
  /** Tags `Environment` of the other environments. */
  readonly foreignTags: readonly string[]
  /** Names of the other environments' buckets, and of the stacks whose states are theirs. */
  readonly foreignBuckets: readonly string[]
  readonly foreignStates: readonly string[]
  /** The environment has domains, and so changes records of Route 53. */
  readonly domains: boolean
}

const options: DeployerOptions = {
  roleNames: ['wiko-*'],
  foreignTags: [],
  foreignBuckets: [],
  foreignStates: ['account'],
  domains: true,
}

/** Who deploys an environment: a role for its workflow runs alone, and the boundary of every role that it makes. */
export const deployer = defineModule('deployer', {
  description:
    'Role that deploys one environment and no other, with a permissions boundary for the roles that it makes',
  cost: 'none.',
  inputs: {
    name: text('Prefix of the role and its boundary', { default: 'wiko-delivery' }),
    environment: text('Name of the environment, and of its state', { pattern: ['^[a-z][a-z0-9-]*$', 'Lower case.'] }),
    tag: text('Value of the tag Environment of all its resources'),
    subjects: subjects('Workflow runs that may deploy, as GitHub names them in the sub claim'),
    providerArn: text("GitHub's identity provider"),
    stateBucketArn: text('Bucket of the Terraform states'),
    imagesBucketName: text("Bucket of the environment's photos"),
  },
  options,
  outputs: {
    roleArn: 'Role for image, page and `make apply`',
    boundaryArn: "Permissions boundary of the environment's roles",
  },
  resources(scope, input, { roleNames, foreignTags, foreignBuckets, foreignStates, domains }) {
    const account = new DataAwsCallerIdentity(scope, 'current', {}).accountId
    const arn = (what: string) => `arn:aws:iam::${account}:${what}`
    const boundaryName = `${input.name}-boundary-${input.environment}`
    const subject = {
      account,
      environment: input.environment,
      tag: input.tag,
      stateBucketArn: input.stateBucketArn,
      boundaryArn: arn(`policy/${boundaryName}`),
      roleNames,
      imagesBucketArn: `arn:aws:s3:::${input.imagesBucketName}`,
      foreignTags,
      foreignArns: [
        ...foreignBuckets.flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]),
        ...foreignStates.map((name) => `${input.stateBucketArn}/${name}.tfstate*`),
      ],
    }
    const limit = new IamPolicy(scope, 'boundary', {
      name: boundaryName,
      description: `The most that roles of ${input.environment} can do`,
      policy: policy(boundary(subject)),
    })
    const ownArns = [arn(`role/${input.name}-*`), arn(`policy/${input.name}-*`), input.providerArn]
    const role = workflowRole(scope, 'deploy', {
      name: `${input.name}-deploy-${input.environment}`,
      description: `Deploys ${input.environment}`,
      providerArn: input.providerArn,
      subjects: input.subjects,
      base: 'PowerUserAccess',
      own: [...deployPermissions(subject, ownArns), ...(domains ? [] : [noNames])],
    })
    return { roleArn: role.arn, boundaryArn: limit.arn }
  },
})
