import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js'
import { defineModule } from '../define.ts'
import { text } from '../inputs.ts'
import { planPermissions } from './permissions.ts'
import { github, subjects, workflowRole } from './workflow-role.ts'

/** Synth-time choices of delivery. */
export interface DeliveryOptions {
  /** Makes GitHub's identity provider. An account has one: false where another project has made it. */
  readonly createProvider: boolean
}

const options: DeliveryOptions = { createProvider: true }

/** How GitHub's workflows sign in: by a token that GitHub signs, not by keys (guide, "CI/CD Pipeline", has static keys). */
export const delivery = defineModule('delivery', {
  description: 'Sign-in of workflows of one repository at GitHub without keys, and the role that plans',
  cost: 'none.',
  inputs: {
    name: text('Prefix of the roles', { default: 'wiko-delivery' }),
    planSubjects: subjects('Workflow runs that may plan, as GitHub names them in the sub claim'),
    stateBucketArn: text('Bucket of the Terraform states'),
    kmsKeyArn: text('Key that encrypts the states'),
  },
  options,
  outputs: {
    planRoleArn: 'Role for `make plan`: reads everything but photos, logs and secret values',
    providerArn: "GitHub's identity provider, which the roles that deploy trust",
  },
  resources(scope, input, { createProvider }) {
    const providerArn = createProvider
      ? new IamOpenidConnectProvider(scope, 'github', {
          url: `https://${github}`,
          clientIdList: ['sts.amazonaws.com'],
        }).arn
      : `arn:aws:iam::${new DataAwsCallerIdentity(scope, 'current', {}).accountId}:oidc-provider/${github}`
    const plan = workflowRole(scope, 'plan', {
      name: `${input.name}-plan`,
      description: 'Plans',
      providerArn,
      subjects: input.planSubjects,
      base: 'ReadOnlyAccess',
      own: planPermissions(input.stateBucketArn, input.kmsKeyArn),
    })
    return { planRoleArn: plan.arn, providerArn }
  },
})
