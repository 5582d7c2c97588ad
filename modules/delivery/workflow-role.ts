import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js'
import type { Construct } from 'constructs'
import { policy, type Statement } from '../iam.ts'
import { texts } from '../inputs.ts'

export const github = 'token.actions.githubusercontent.com'

/** An input: workflow runs by their whole sub claim. */
export const subjects = (description: string) =>
  texts(description, {
    rule: [
      'length(value) > 0 && alltrue([for subject in value : can(regex("^repo:[^*?]+/[^*?]+:(pull_request|(ref:refs/heads/|environment:)[^*?]+)$", subject))])',
      'Whole sub claims such as repo:owner/name:environment:prod; no wildcards, as those let other repositories in.',
    ],
  })

interface RoleSettings {
  readonly name: string
  readonly description: string
  readonly providerArn: string
  readonly subjects: string[]
  /** A policy of AWS's, by its name. */
  readonly base: string
  readonly own: readonly Statement[]
}

/** A role that workflow runs at GitHub take. */
export function workflowRole(scope: Construct, id: string, settings: RoleSettings): IamRole {
  const role = new IamRole(scope, id, {
    name: settings.name,
    description: settings.description,
    maxSessionDuration: 7200, // seconds: a first apply waits for the database and CloudFront
    assumeRolePolicy: policy([
      {
        sid: 'WorkflowsOfTheRepository',
        actions: ['sts:AssumeRoleWithWebIdentity'],
        principals: { Federated: [settings.providerArn] },
        conditions: { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com', [`${github}:sub`]: settings.subjects } },
      },
    ]),
  })
  new IamRolePolicyAttachment(role, 'base', {
    role: role.name,
    policyArn: `arn:aws:iam::aws:policy/${settings.base}`,
  })
  new IamRolePolicy(role, 'own', { role: role.id, policy: policy(settings.own) })
  return role
}
