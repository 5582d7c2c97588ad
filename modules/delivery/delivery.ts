import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js'
import { defineModule } from '../define.ts'
import { policy, type Statement } from '../iam.ts'
import { text, texts } from '../inputs.ts'
import { deployPermissions, planPermissions } from './permissions.ts'

const github = 'token.actions.githubusercontent.com'

/** Synth-time choices of delivery. */
export interface DeliveryOptions {
  /** Makes GitHub's identity provider. An account has one: false where another project has made it. */
  readonly createProvider: boolean
}

const options: DeliveryOptions = { createProvider: true }

const subjects = (description: string) =>
  texts(description, {
    rule: [
      'length(value) > 0 && alltrue([for subject in value : can(regex("^repo:[^*?]+/[^*?]+:(pull_request|(ref:refs/heads/|environment:)[^*?]+)$", subject))])',
      'Whole sub claims such as repo:owner/name:environment:prod; no wildcards, as those let other repositories in.',
    ],
  })

/** How GitHub's workflows sign in: by a token that GitHub signs, not by keys (guide, "CI/CD Pipeline", has static keys). */
export const delivery = defineModule('delivery', {
  description: 'Roles that workflows of one repository at GitHub take without keys: one plans, one deploys',
  cost: 'none.',
  inputs: {
    name: text('Prefix of the roles', { default: 'wiko-delivery' }),
    planSubjects: subjects('Workflow runs that may plan, as GitHub names them in the sub claim'),
    deploySubjects: subjects('Workflow runs that may deploy'),
    stateBucketArn: text('Bucket of the Terraform states'),
    kmsKeyArn: text('Key that encrypts the states'),
  },
  options,
  outputs: {
    planRoleArn: 'Role for `make plan`: reads everything but photos, logs and secret values',
    deployRoleArn: 'Role for image, page and `make apply`',
  },
  resources(scope, input, { createProvider }) {
    const account = new DataAwsCallerIdentity(scope, 'current', {}).accountId
    const arn = (what: string) => `arn:aws:iam::${account}:${what}`
    const provider = createProvider
      ? new IamOpenidConnectProvider(scope, 'github', {
          url: `https://${github}`,
          clientIdList: ['sts.amazonaws.com'],
        }).arn
      : arn(`oidc-provider/${github}`)

    const subject = {
      account,
      stateBucketArn: input.stateBucketArn,
      kmsKeyArn: input.kmsKeyArn,
      ownArns: [arn(`role/${input.name}-*`), provider],
    }
    const role = (id: string, description: string, claims: string[], awsPolicy: string, own: readonly Statement[]) => {
      const result = new IamRole(scope, id, {
        name: `${input.name}-${id}`,
        description,
        maxSessionDuration: 7200, // seconds: a first apply waits for the database and CloudFront
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
        assumeRolePolicy: policy([
          {
            sid: 'WorkflowsOfTheRepository',
            actions: ['sts:AssumeRoleWithWebIdentity'],
            principals: { Federated: [provider] },
            conditions: { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com', [`${github}:sub`]: claims } },
          },
        ]),
      })
      new IamRolePolicyAttachment(result, 'base', {
        role: result.name,
        policyArn: `arn:aws:iam::aws:policy/${awsPolicy}`,
      })
      new IamRolePolicy(result, 'own', { role: result.id, policy: policy(own) })
      return result
    }
    const plan = role('plan', 'Plans', input.planSubjects, 'ReadOnlyAccess', planPermissions(subject))
    const deploy = role('deploy', 'Deploys', input.deploySubjects, 'PowerUserAccess', deployPermissions(subject))
    return { planRoleArn: plan.arn, deployRoleArn: deploy.arn }
  },
})
