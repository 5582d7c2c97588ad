import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import t from 'tap'
import { changesOf, summarize } from '../../ops/infra/summary.ts'
import { explain } from '../../ops/lib/failures.ts'
import { placeholdersIn } from '../../stacks/placeholders.ts'
import { settingsOf } from '../../stacks/stacks.ts'

const repository = join(import.meta.dirname, '..', '..')

/** Runs an infrastructure command as the Makefile does. */
const command = (name: string, env: NodeJS.ProcessEnv) =>
  new Promise<{ code: number; stderr: string }>((resolve) => {
    const settings = { cwd: repository, env: { ...process.env, ENV: '', SET: '', IMAGE_TAG: '', ...env } }
    execFile(process.execPath, ['--disable-warning=DEP0044', 'ops/infra.ts', name], settings, (error, _, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr })
    })
  })

// What goes wrong before Terraform runs: each one line, and a code that make reports.
const refused: readonly (readonly [name: string, env: NodeJS.ProcessEnv, line: RegExp])[] = [
  ['plan', {}, /^ENV must name a stack: account, prod, staging/],
  ['plan', { ENV: 'production' }, /^ENV must name a stack/],
  ['plan', { ENV: 'prod', IMAGE_TAG: 'latest' }, /^IMAGE_TAG: latest names another image/],
  ['plan', { ENV: 'prod', IMAGE_TAG: 'a b' }, /^IMAGE_TAG: a b is not an image tag/],
  ['plan', { ENV: 'staging', PATH: dirname(process.execPath) }, /^terraform is not on the PATH/],
  [
    'drift',
    { ENV: 'staging', CI: 'true', SET: 'backend.kind=local' },
    /^backend: a local state of staging would be lost/,
  ],
  ['state', { ENV: 'account', SET: 'backend.kind=local' }, /^backend: account has local/],
  ['state', { ENV: 'account' }, /^There is no .*terraform-state\/account\.tfstate/],
  ['destroy', { ENV: 'prod' }, /^prod is protected/],
  ['destroy', { ENV: 'staging', CONFIRM: 'prod' }, /^Not destroyed/],
  ['fly', {}, /^Usage: /],
]
for (const [name, env, line] of refused) {
  t.test(`${name} ${JSON.stringify(env)}`, async (t) => {
    const { code, stderr } = await command(name, env)
    t.equal(code, 1)
    t.match(stderr, line)
    t.equal(stderr.trim().split('\n').length, 1, 'one line')
  })
}

t.test('wrong settings stop a plan with every fault listed', async (t) => {
  const { code, stderr } = await command('plan', { ENV: 'prod', SET: 'service.minTasks=20 database.backupDays=0' })
  t.equal(code, 1)
  t.match(stderr, /service\.minTasks: 20 is over/)
  t.match(stderr, /database\.backupDays: /)
})

t.test('a placeholder stops a plan of prod by the name of its setting', async (t) => {
  const { code, stderr } = await command('plan', { ENV: 'prod' })
  t.equal(code, 1)
  t.strictSame(stderr.trim().split('\n'), [
    'service.variables.AZURE_AI_ENDPOINT: https://wiko.openai.azure.com is a placeholder, put your own',
    'monitoring.alertEmails: your-email@wiko.com is a placeholder, put your own',
  ])
  const own = [
    'service.variables={"AZURE_AI_ENDPOINT":"https://plant.openai.azure.com"}',
    'monitoring.alertEmails=["qa@wiko.com"]',
  ]
  t.strictSame(placeholdersIn(settingsOf('prod', own)), [])
})

// Terraform's and the provider's own words, as met in runs.
const explained: readonly (readonly [stderr: string, line: RegExp])[] = [
  [
    'Error: Retrieving AWS account details: validating provider credentials: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 1, api error ExpiredToken: The security token included in the request is expired',
    /^The AWS credentials have expired/,
  ],
  [
    'Error: No valid credential sources found\n\nPlease see https://registry.terraform.io/providers/hashicorp/aws',
    /^There are no AWS credentials/,
  ],
  [
    'Error: Error acquiring the state lock\n\nError message: resource temporarily unavailable\nLock Info:\n  ID:        6b0b-1\n  Path:      terraform.tfstate\n  Operation: OperationTypeApply\n  Who:       ann@laptop\n  Version:   1.11.4\n  Created:   2026-11-22 10:00:00 +0000 UTC\n',
    /^The state is locked by ann@laptop since 2026-11-22 10:00:00 \+0000 UTC \(lock 6b0b-1\)/,
  ],
  [
    'Error: Failed to get existing workspaces: S3 bucket "wiko-terraform-state" does not exist.',
    /^The state bucket does not exist: apply the account stack first/,
  ],
  ['Error: Saved plan is stale', /^The state has changed since this plan/],
  [
    'api error AccessDenied: User: arn:aws:iam::1:user/x is not authorized to perform: ec2:CreateVpc on resource: *',
    /may not ec2:CreateVpc/,
  ],
  [
    '╷\n│ Error: Invalid value for variable\n│ \n│ Must be at least 1.\n╵',
    /^Error: Invalid value for variable Must be at least 1\.$/,
  ],
  [
    '╷\n│ Error: Resource precondition failed\n│ \n│   on main.tf.json line 628, in resource.aws_ecs_task_definition:\n│  628: "condition"\n│     ├────────────────\n│     │ local.tag is ""\n│ \n│ No image tag: nothing\n│ runs here yet.\n╵',
    /^No image tag: nothing runs here yet\.$/,
  ],
]
for (const [stderr, line] of explained) {
  t.test(`${stderr.slice(0, 60).replaceAll('\n', ' ')} is explained in one line`, async (t) => {
    const { message } = explain(stderr)
    t.match(message, line)
    t.equal(message.split('\n').length, 1)
  })
}

t.test('a summary names what is lost first, and why', async (t) => {
  const change = (address: string, actions: string[], replace_paths: string[][] = []) => ({
    address,
    mode: 'managed',
    change: { actions, replace_paths },
  })
  const changes = [
    change('module.network.aws_vpc.main', ['create']),
    change('module.network.aws_subnet.public["a"]', ['create']),
    change('module.database.aws_db_instance.main', ['delete', 'create'], [['kms_key_id']]),
    change('module.cache.aws_elasticache_user.api', ['delete']),
    change('module.images.aws_s3_bucket.images', ['no-op']),
  ]
  const lines = summarize('prod', changesOf({ resource_changes: changes })).split('\n')
  t.strictSame(lines, [
    'prod: 2 to create, 0 to change, 1 to replace, 1 to destroy',
    '  destroy module.cache.aws_elasticache_user.api',
    '  replace module.database.aws_db_instance.main (kms_key_id cannot be changed in place)',
    '  create    2 in module.network',
  ])
  t.match(summarize('prod', []), /nothing to do/)
})
