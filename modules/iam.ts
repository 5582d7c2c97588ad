import { Fn } from 'cdktf'
import { text } from './inputs.ts'

/** One statement of an IAM policy. `sid` says what it is for. */
export interface Statement {
  readonly sid: string
  readonly effect?: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly resources?: readonly string[]
  /** Everything but these. */
  readonly notResources?: readonly string[]
  /** `{ Service: [...] }`, `{ AWS: [...] }`, or '*' for everyone. */
  readonly principals?: '*' | Readonly<Record<string, readonly string[]>>
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** A policy document as JSON text; Terraform fills in what is known only at apply. */
export function policy(statements: readonly Statement[]): string {
  return Fn.jsonencode({
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect, actions, resources, notResources, principals, conditions }) => ({
      Sid: sid,
      Effect: effect ?? 'Allow',
      ...(principals === undefined ? {} : { Principal: scalars(principals) }),
      Action: scalar(actions),
      ...(resources === undefined ? {} : { Resource: scalar(resources) }),
      ...(notResources === undefined ? {} : { NotResource: notResources }),
      ...(conditions === undefined ? {} : { Condition: conditions }),
    })),
  })
}

/** IAM writes lists of one as the one itself, and so do we: what is read back is then the same text. */
const scalar = (list: readonly string[]) => (list.length === 1 ? list[0] : list)

const scalars = (principals: NonNullable<Statement['principals']>) =>
  principals === '*'
    ? '*'
    : Object.fromEntries(Object.entries(principals).map(([kind, names]) => [kind, scalar(names)]))

/** An input: the most that the roles of a module can ever do. */
export const permissionsBoundary = text('ARN of the permissions boundary of the roles made here (default: none)', {
  default: null,
})

/**
 * The trust policy of a role that an AWS service assumes. `accountId` limits it to calls for our account (`aws:SourceAccount`): only for
 * a service that documents this condition, as any other can then not assume the role at all. The caller cites the documentation.
 */
export function trust(service: string, accountId?: string): string {
  return policy([
    {
      sid: 'ServiceMayAssume',
      actions: ['sts:AssumeRole'],
      principals: { Service: [service] },
      ...(accountId ? { conditions: { StringEquals: { 'aws:SourceAccount': accountId } } } : {}),
    },
  ])
}
