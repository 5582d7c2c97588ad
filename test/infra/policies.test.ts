import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import t from 'tap'
import { binOf, installPython } from '../../fixtures/python.ts'
import { policyDocuments } from './policies.ts'

const githubsClaims = "parliament knows SAML only; these are AWS's documented keys for OpenID Connect at GitHub"

/** What parliament finds and we keep, by resource, argument and issue, with the reason. */
const accepted: Readonly<Record<string, string>> = {
  'aws_kms_key.main policy RESOURCE_STAR': "In a key's policy * is that key",
  'aws_kms_key.main policy UNKNOWN_CONDITION_FOR_ACTION':
    "AWS's own statement for CloudWatch Logs; DescribeKey is the call that has no encryption context",
  'aws_kms_key.main policy MISMATCHED_TYPE': "AWS's own statement for CloudWatch Logs compares the context by ArnLike",
  'aws_iam_policy.boundary policy RESOURCE_STAR':
    'A boundary grants nothing; what belongs to other environments is denied in it by tag and name',
  'aws_iam_role.plan assume_role_policy UNKNOWN_FEDERATION_SOURCE': githubsClaims,
  'aws_iam_role.plan assume_role_policy UNKNOWN_CONDITION_FOR_ACTION': githubsClaims,
  'aws_iam_role.deploy assume_role_policy UNKNOWN_FEDERATION_SOURCE': githubsClaims,
  'aws_iam_role.deploy assume_role_policy UNKNOWN_CONDITION_FOR_ACTION': githubsClaims,
  'aws_iam_role_policy.deploy_own policy MISMATCHED_TYPE_BUT_USABLE':
    "AWS's own examples compare iam:PermissionsBoundary by StringEquals, which allows no pattern",
}

interface Finding {
  readonly id: string
  readonly issue: string
  readonly detail: string
}

async function findings(documents: Readonly<Record<string, string>>): Promise<Finding[]> {
  const program = join(import.meta.dirname, 'analyze_policies.py')
  // It says of itself that it uses what setuptools will remove.
  const child = spawn(join(binOf('parliament'), 'python'), ['-W', 'ignore', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(documents))
  return (await json(child.stdout)) as Finding[]
}

t.equal(await installPython('parliament'), null, 'parliament is here')

t.test("AWS's rules are kept by every policy document, but for what is written down", async (t) => {
  const documents = policyDocuments()
  t.ok(documents.length >= 40, `${documents.length} documents`)
  const found = await findings(Object.fromEntries(documents.map(({ id, document }) => [id, document])))
  const needed = new Set<string>()
  for (const { id, issue, detail } of found) {
    const [, address = '', argument = ''] = id.split(' ')
    const key = `${address.split('.').slice(-2).join('.')} ${argument} ${issue}`
    needed.add(key)
    if (!(key in accepted)) t.fail(`${id}: ${issue} ${detail}`)
  }
  t.strictSame(
    Object.keys(accepted).filter((key) => !needed.has(key)),
    [],
    'each accepted finding is still there',
  )
})

t.test(
  'parliament sees a resource that the action does not have, an unknown action and an unknown condition',
  async (t) => {
    const statement = (more: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', ...more }] })
    const found = await findings({
      resource: statement({ Resource: 'arn:aws:s3:::bucket' }),
      action: statement({ Action: 's3:GetObjects', Resource: 'arn:aws:s3:::bucket/*' }),
      condition: statement({ Resource: 'arn:aws:s3:::bucket/*', Condition: { StringEquals: { 's3:nothing': 'x' } } }),
    })
    t.strictSame(
      found.map(({ id, issue }) => `${id} ${issue}`),
      ['resource RESOURCE_MISMATCH', 'action UNKNOWN_ACTION', 'condition UNKNOWN_CONDITION_FOR_ACTION'],
    )
  },
)
