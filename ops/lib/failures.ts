/** An error reported as one readable line without a stack trace. */
export class Failure extends Error {}

/** Known Terraform and AWS errors, each with a message saying what to do. */
const known: readonly (readonly [pattern: RegExp, line: (match: RegExpExecArray) => string])[] = [
  [
    /ExpiredToken|token (?:included in the request )?(?:is|has) expired|SSO session .*expired/i,
    () => 'The AWS credentials have expired: sign in again (aws sso login) and repeat.',
  ],
  [
    /No valid credential sources|failed to refresh cached credentials|NoCredentialProviders/i,
    () => 'There are no AWS credentials: sign in (aws sso login) or set AWS_PROFILE, then repeat.',
  ],
  [
    /InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|AuthFailure/,
    () => 'AWS does not know these credentials: check AWS_PROFILE or AWS_ACCESS_KEY_ID.',
  ],
  [
    /Error acquiring the state lock[\s\S]*?ID:\s+(\S+)[\s\S]*?Who:\s+(\S+)[\s\S]*?Created:\s+([^\n]+)/,
    ([, id, who, since]) =>
      `The state is locked by ${who} since ${since?.trim()} (lock ${id}): wait for that run; if it is dead, terraform force-unlock ${id}.`,
  ],
  [/Error acquiring the state lock/, () => 'The state is locked by another run: wait for it to end.'],
  [
    /S3 bucket "?([^"\s]+)"? does not exist|NoSuchBucket/,
    () =>
      'The state bucket does not exist: apply the account stack first (make plan ENV=account, make apply ENV=account).',
  ],
  [
    /does not match configured version constraint|doesn't match any of the checksums|do not match any of the checksums|Provider dependency changes detected/,
    () =>
      'The AWS provider is not the one of the lock file in stacks/locks: run make lock after a change of providerVersion, or take the provider from the registry.',
  ],
  [/Saved plan is stale/, () => 'The state has changed since this plan: run make plan again.'],
  [
    /not authorized to perform: secretsmanager:GetSecretValue/,
    () =>
      'The AWS provider read the values of secrets, which this role may not: use provider 6.26 or newer (setting providerVersion), or REFRESH=false.',
  ],
  [/not authorized to perform: (\S+)/, ([, action]) => `The AWS credentials may not ${action}: use a role that may.`],
  [
    /Backend initialization required|Backend configuration changed/,
    () =>
      'The backend has changed since the last init: run make state to move a local state into its bucket, or terraform init -migrate-state in the stack folder.',
  ],
  [
    /Required token could not be found|unauthorized.*app\.terraform\.io/i,
    () => 'Terraform Cloud wants a token: run terraform login.',
  ],
]

/** Terraform's or AWS's errors as known messages, otherwise verbatim. */
export function explain(stderr: string): Failure {
  const unwrapped = stderr.replace(/^[│╷╵ ]+/gm, '').replaceAll(/\s+/g, ' ')
  const lines = known.flatMap(([pattern, line]) => {
    const match = pattern.exec(stderr) ?? pattern.exec(unwrapped)
    return match ? [line(match)] : []
  })
  return new Failure(lines[0] ?? ownWords(stderr))
}

/** Terraform's errors without its frame, one line each; for our own preconditions only their message. */
function ownWords(stderr: string): string {
  const blocks = stderr.replace(/^[│╷╵ ]+/gm, '').split(/^(?=Error: )/m)
  const errors = blocks.filter((block) => block.startsWith('Error: '))
  if (errors.length === 0) return stderr.trim() || 'terraform failed without a message'
  return errors.map((error) => conditionOf(error) ?? error.trim().split('\n').filter(Boolean).join(' ')).join('\n')
}

/** The message of a precondition follows the last empty line. */
function conditionOf(error: string): string | undefined {
  if (!error.startsWith('Error: Resource precondition failed')) return undefined
  return error
    .trim()
    .split(/\n\s*\n/)
    .at(-1)
    ?.replaceAll(/\s+/g, ' ')
}
