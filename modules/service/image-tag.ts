import { DataAwsSsmParametersByPath } from '@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path/index.js'
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter/index.js'
import { Fn, type ITerraformDependable, TerraformLocal, type TerraformResourceLifecycle } from 'cdktf'
import type { Construct } from 'constructs'
import { waive } from '../waive.ts'

/** The tag of the image to run. */
export interface ImageTag {
  readonly value: string
  /** For the task definition: stops the plan with a readable error where there is no tag. */
  readonly required: TerraformResourceLifecycle
  /** Notes the tag as the one that runs, once `running` does. */
  remember(running: ITerraformDependable): void
}

/**
 * The tag given at plan, or else the one that runs, which the last apply left in a parameter. It is looked up by path, which may be empty:
 * a look-up by name would fail on an account that has none yet.
 */
export function imageTag(scope: Construct, given: string, clusterName: string): ImageTag {
  const path = `/${clusterName}/image-tag`
  const noted = new DataAwsSsmParametersByPath(scope, 'noted', { path })
  const value = new TerraformLocal(
    scope,
    'tag_to_run',
    Fn.try([Fn.coalesce([given, Fn.nonsensitive(Fn.one(noted.values))]), '']),
  ).asString
  return {
    value,
    required: {
      precondition: [
        {
          condition: Fn.can(Fn.regex('.', value)),
          errorMessage:
            'No image tag: nothing runs here yet. Give one that is in the repository, such as make plan IMAGE_TAG=1.0.0 (or -var image_tag=1.0.0).',
        },
      ],
    },
    remember: (running) => {
      const parameter = new SsmParameter(scope, 'image_tag', {
        name: `${path}/running`,
        description: 'Tag of the image that runs: what a plan without a tag keeps',
        type: 'String',
        insecureValue: value,
        dependsOn: [running],
      })
      waive(parameter, 'CKV2_AWS_34', 'The tag of an image is no secret, and plans should show it')
    },
  }
}
