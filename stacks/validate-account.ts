import { environments } from './environments.ts'
import type { Account } from './settings.ts'
import { backendChecks, isEmail, logDays, providerChecks, within } from './validate.ts'

const bucketName = /^[a-z0-9][a-z0-9.-]{2,62}$/

/** All that is wrong with the account's settings, one line a fault, each beginning with the setting's name. */
export function validateAccount(account: Account): string[] {
  const { github, trail, budget } = account
  const buckets = { stateBucket: account.stateBucket, logsBucket: account.logsBucket, 'trail.bucket': trail.bucket }
  const checks: readonly (readonly [fault: boolean, message: string])[] = [
    ...providerChecks(account.providerVersion),
    ...backendChecks(account.backend),
    ...Object.entries(buckets).map(
      ([setting, name]) => [!bucketName.test(name), `${setting}: ${name} is not a bucket name`] as const,
    ),
    [
      !/^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(account.repository),
      `repository: ${account.repository} is not a name of an image repository`,
    ],
    [!/^[\w.-]+\/[\w.-]+$/.test(github.repository), `github.repository: ${github.repository} is not owner/name`],
    [
      (github.ownerId === null) !== (github.repositoryId === null),
      'github.ownerId: needs github.repositoryId too, as the claim has both or none',
    ],
    [
      [github.ownerId, github.repositoryId].some((id) => id !== null && !/^\d+$/.test(id)),
      'github.ownerId, github.repositoryId: numbers in quotation marks',
    ],
    [
      github.environments.length === 0 || github.environments.some((name) => !/^[\w.-]+$/.test(name)),
      'github.environments: names of environments at GitHub, at least one',
    ],
    [
      github.environments.some((name) => !(name in environments)),
      `github.environments: ${Object.keys(environments).join(', ')} are the environments that can be deployed`,
    ],
    [!logDays.includes(trail.logDays), `trail.logDays: CloudWatch has ${logDays.join(', ')}`],
    [trail.imageBuckets.some((name) => !bucketName.test(name)), 'trail.imageBuckets: one of them is not a bucket name'],
    [!within(budget.monthlyDollars, 1, 1_000_000), 'budget.monthlyDollars: whole dollars, 1 or more'],
    [
      budget.emails.length === 0 || budget.emails.length > 10, // AWS Budgets takes ten a notification
      'budget.emails: needs 1 to 10 addresses that the mails go to',
    ],
    [!budget.emails.every(isEmail), 'budget.emails: not an address'],
  ]
  return checks.filter(([fault]) => fault).map(([, message]) => message)
}
