import t from 'tap'
import { githubSubjects } from '../../modules/delivery/subjects.ts'
import { registry } from '../../modules/registry/registry.ts'
import { render, type TerraformJson } from '../../modules/stack.ts'
import { resourcesOf } from '../../stacks/addresses.ts'
import { account as settings } from '../../stacks/environments.ts'
import { namesOf, rolesOf } from '../../stacks/names.ts'
import { override } from '../../stacks/settings.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'
import { validateAccount } from '../../stacks/validate-account.ts'

const account = (...texts: string[]) => {
  const resources = resourcesOf(makeStack('account', texts))
  return (address: string) => {
    const found = resources.find((resource) => resource.address === address)
    if (!found) throw new Error(`${address} is not in account`)
    return found.arguments
  }
}
const one = account()
const deploying = ['prod', 'staging']
const given = (module: string) => render(makeStack('account')).module?.[module]

/** The statements of a policy, each as the text from its sid to the next. */
function statements(policy: unknown): Map<string, string> {
  const parts = String(policy).split('"Sid" = ').slice(1)
  return new Map(parts.map((part) => [part.slice(1, part.indexOf('"', 1)), part]))
}

t.test('image tags never move, pushes are scanned', async (t) => {
  t.equal(given('registry')?.name, 'wiko-defect-analyzer')
  t.match(one('module.registry.aws_ecr_repository.main'), {
    image_tag_mutability: 'IMMUTABLE',
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: 'KMS' }],
  })
  const policy = String(one('module.registry.aws_ecr_lifecycle_policy.expiry').policy)
  t.match(policy, /"countNumber" = 7/)
  t.match(policy, /"countNumber" = var\.keep_images/)
  const code = JSON.parse(String(registry.build().files.get('main.tf.json'))) as TerraformJson
  t.equal(code.variable?.keep_images?.default, 500, 'the image that runs outlives hundreds of merges')
})

t.test("the state is encrypted with the account's key, not with the keys of S3", async (t) => {
  const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/0c1b7a4e-5d2f-4a8b-9c3d-2f6e8a1b4c5d'
  for (const name of stackNames) {
    const backend = `backend=${JSON.stringify({ kind: 's3', bucket: 'wiko-terraform-state', kmsKeyId })}`
    t.match(render(makeStack(name, [backend])).terraform?.backend, {
      s3: { encrypt: true, kms_key_id: kmsKeyId, use_lockfile: true },
    })
  }
  const unnamed = render(makeStack('account', ['backend={"kind":"s3","bucket":"states"}'])).terraform?.backend
  t.notMatch(JSON.stringify(unnamed), /encrypt/, "without a key named, the bucket's default counts: the account's key")
  t.match(render(makeStack('account')).output?.state_key?.value, /module\.encryption\.key_arn/)
})

t.test('the claims of a repository, in the older and the newer form', async (t) => {
  const named = { repository: 'wiko/analyzer', ownerId: null, repositoryId: null }
  t.same(githubSubjects(named, ['pull_request', 'ref:refs/heads/main']), [
    'repo:wiko/analyzer:pull_request',
    'repo:wiko/analyzer:ref:refs/heads/main',
  ])
  t.same(githubSubjects({ ...named, ownerId: '12', repositoryId: '345' }, ['environment:prod']), [
    'repo:wiko/analyzer:environment:prod',
    'repo:wiko@12/analyzer@345:environment:prod',
  ])
})

t.test(
  'only runs of the named repository take a role, and each environment has its own, by tokens of GitHub',
  async (t) => {
    for (const name of ['prod', 'staging']) {
      t.same(given(`${name}_deployer`)?.subjects, [`repo:wiko/wiko-defect-analyzer:environment:${name}`])
    }
    for (const [address, claims] of [
      ['module.delivery.aws_iam_role.plan', 'var.plan_subjects'],
      ['module.prod_deployer.aws_iam_role.deploy', 'var.subjects'],
      ['module.staging_deployer.aws_iam_role.deploy', 'var.subjects'],
    ] as const) {
      const trust = String(one(address).assume_role_policy)
      t.match(trust, `"StringEquals" = {"token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"`)
      t.match(trust, `"token.actions.githubusercontent.com:sub" = ${claims}`)
      t.notMatch(trust, /StringLike/)
    }
    t.match(one('module.delivery.aws_iam_openid_connect_provider.github'), {
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
    })
  },
)

t.test('no role of delivery sees photos or secret values, and none can free itself', async (t) => {
  const own = (address: string) => statements(one(address).policy)
  const plan = own('module.delivery.aws_iam_role_policy.plan_own')
  for (const policy of [
    plan,
    ...deploying.map((name) => own(`module.${name}_deployer.aws_iam_role_policy.deploy_own`)),
  ]) {
    for (const sid of ['NoObjectsButStates', 'NoSecretValues', 'NoLogsNoSessions'])
      t.match(policy.get(sid), /"Effect" = "Deny"/, sid)
    t.match(policy.get('NoSecretValues'), /"secretsmanager:GetSecretValue"/)
  }
  t.match(plan.get('NoObjectsButStates'), /"NotResource" = \[?"\$\{var\.state_bucket_arn\}\/\*"/)
  t.notMatch(plan.get('NoObjectsButStates'), /releases/)
  t.match(plan.get('DrawRandomTexts'), /"secretsmanager:GetRandomPassword"/, 'a plan draws the first values of secrets')
  const base = one('module.delivery.aws_iam_role_policy_attachment.plan_base')
  t.equal(base.policy_arn, 'arn:aws:iam::aws:policy/ReadOnlyAccess')
  for (const name of deploying) {
    const deploy = own(`module.${name}_deployer.aws_iam_role_policy.deploy_own`)
    for (const sid of ['NotItselfNorTheBoundary', 'NoOtherRole', 'NotTheTrail', 'NotTheHistoryOfStates'])
      t.match(deploy.get(sid), /"Effect" = "Deny"/)
    t.match(deploy.get('NotItselfNorTheBoundary'), /role\/\$\{var\.name\}-\*.*policy\/\$\{var\.name\}-\*/)
    t.match(deploy.get('NoObjectsButStates'), /"arn:aws:s3:::\*\/releases\/\*"/, 'a rollback reads the page before')
  }
})

t.test('a deployment makes roles within the boundary only, and no environment touches another', async (t) => {
  for (const [name, other, tag, otherTag] of [
    ['staging', 'prod', 'staging', 'production'],
    ['prod', 'staging', 'production', 'staging'],
  ] as const) {
    t.equal(given(`${name}_deployer`)?.tag, tag)
    const deploy = statements(one(`module.${name}_deployer.aws_iam_role_policy.deploy_own`).policy)
    for (const sid of ['MakeRolesWithinTheBoundary', 'GiveRightsWithinTheBoundary'])
      t.match(
        deploy.get(sid),
        /"iam:PermissionsBoundary" = "arn:aws:iam::.*:policy\/\$\{var\.name\}-boundary-\$\{var\.environment\}"/,
      )
    const limited = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PutRolePermissionsBoundary']
    for (const [sid, text] of deploy)
      if (limited.some((action) => text.includes(`"${action}"`))) t.match(text, /iam:PermissionsBoundary/, sid)
    t.notMatch([...deploy.values()].join(), /DeleteRolePermissionsBoundary|CreatePolicyVersion/)
    const boundary = statements(one(`module.${name}_deployer.aws_iam_policy.boundary`).policy)
    for (const policy of [deploy, boundary]) {
      t.match(policy.get('NotWhatOthersOwn'), `"aws:ResourceTag/Environment" = ["${otherTag}"]`)
      t.match(policy.get('NotTheBucketsOfOthers'), `arn:aws:s3:::wiko-defect-images-${other}/*`)
      t.match(policy.get('NotTheBucketsOfOthers'), `/${other}.tfstate*`)
    }
    t.notMatch([...boundary.values()].filter((text) => text.includes('"Allow"')).join(), /"(iam|sts|organizations):/)
  }
  const names = (name: string) =>
    statements(one(`module.${name}_deployer.aws_iam_role_policy.deploy_own`).policy).has('NoNames')
  t.same([names('staging'), names('prod')], [true, false], 'staging has no domains, so it changes no records')
})

t.test('each role of an environment has its boundary, and a name that only its own deployment may give', async (t) => {
  for (const name of deploying) {
    const other = name === 'prod' ? 'staging' : 'prod'
    const stack = makeStack(name, ['service.separateWorker=true'])
    const roles = resourcesOf(stack).filter(({ type }) => type === 'aws_iam_role')
    t.equal(roles.length, 6)
    const matches = (role: string, environment: string) =>
      rolesOf(namesOf(environment)).some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(role))
    for (const { address, arguments: role } of roles) {
      t.match(role.permissions_boundary, /var\.permissions_boundary/, address)
      const [, module = ''] = address.split('.')
      const block = render(stack).module?.[module] ?? {}
      t.match(block.permissions_boundary, `:policy/wiko-delivery-boundary-${name}`)
      const full = String(role.name ?? `${role.name_prefix}1`).replace(/\$\{var\.(\w+)\}/g, (_, variable) =>
        String(block[variable]),
      )
      t.ok(matches(full, name), full)
      t.notOk(matches(full, other), `${full} is not ${other}'s`)
    }
  }
})

t.test('the boundary leaves each role of an environment what it needs', async (t) => {
  const action = /"([a-z0-9-]+:[A-Za-z*]+)"/g
  const boundary = String(one('module.prod_deployer.aws_iam_policy.boundary').policy)
  const allowed = [...boundary.matchAll(action)].map(([, name = '']) => name)
  const policies = resourcesOf(makeStack('prod', ['service.separateWorker=true', 'service.shell=true'])).filter(
    ({ type }) => type === 'aws_iam_role_policy',
  )
  t.equal(policies.length, 5)
  for (const { address, arguments: one } of policies)
    for (const [, name = ''] of String(one.policy).matchAll(action))
      t.ok(
        allowed.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name)),
        `${address}: ${name}`,
      )
})

t.test('an account that has the identity provider already is not asked for another', async (t) => {
  const shared = account('github.createProvider=false')
  t.throws(() => shared('module.delivery.aws_iam_openid_connect_provider.github'))
  t.match(
    String(shared('module.delivery.aws_iam_role.plan').assume_role_policy),
    /oidc-provider\/token\.actions\.githubusercontent\.com/,
  )
})

t.test('the trail covers all regions and the reading of photos, and is validated and encrypted', async (t) => {
  t.match(one('module.trail.aws_cloudtrail.main'), {
    is_multi_region_trail: true,
    include_global_service_events: true,
    enable_log_file_validation: true,
    kms_key_id: /var\.kms_key_arn/,
    cloud_watch_logs_group_arn: /aws_cloudwatch_log_group\.records_log\.arn/,
  })
  t.match(JSON.stringify(one('module.trail.aws_cloudtrail.main')), '"equals":["Management"]')
  t.same(given('trail')?.object_buckets, ['wiko-defect-images-prod'])
  const policy = statements(one('module.trail.aws_s3_bucket_policy.records_policy').policy)
  for (const sid of ['CloudTrailLooks', 'CloudTrailWrites'])
    t.match(policy.get(sid), /"aws:SourceArn" = "arn:aws:cloudtrail:/)
  t.throws(() => account('trail.enabled=false')('module.trail.aws_cloudtrail.main'), 'an organization may have its own')
})

t.test("the budget is the guide's upper end, with mails before it is reached", async (t) => {
  t.match(given('budget'), { monthly_dollars: 527, emails: ['your-email@wiko.com'] })
  const notifications = one('module.budget.aws_budgets_budget.monthly').notification as Record<string, unknown>[]
  t.same(
    notifications.map(({ notification_type, threshold }) => [notification_type, threshold]),
    [
      ['ACTUAL', 55],
      ['ACTUAL', 80],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ],
  )
  t.ok(notifications.every((one) => String(one.subscriber_email_addresses).includes('var.emails')))
})

t.test('wrong settings of the account are refused by name', async (t) => {
  t.strictSame(validateAccount(settings), [])
  for (const [text, setting] of [
    ['stateBucket=Wiko', 'stateBucket'],
    ['github.repository=analyzer', 'github.repository'],
    ['github.ownerId="12"', 'github.ownerId'],
    ['github.environments=[]', 'github.environments'],
    ['github.environments=["qa"]', 'github.environments'],
    ['trail.logDays=31', 'trail.logDays'],
    ['budget.monthlyDollars=0', 'budget.monthlyDollars'],
    ['budget.emails=[]', 'budget.emails'],
    ['budget.emails=["nobody"]', 'budget.emails'],
    ['backend={"kind":"s3","bucket":""}', 'backend.bucket'],
    ['backend={"kind":"s3","bucket":"states","kmsKeyId":"alias/own"}', 'backend.kmsKeyId'],
  ] as const) {
    const faults = validateAccount(override(settings, [text]).settings)
    t.ok(
      faults.some((fault) => fault.startsWith(`${setting}: `)),
      `${text}: ${faults.join('; ') || 'no fault found'}`,
    )
  }
})
