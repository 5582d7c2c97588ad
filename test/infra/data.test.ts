import t from 'tap'
import { render } from '../../modules/stack.ts'
import { resourcesOf } from '../../stacks/addresses.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'

const prod = resourcesOf(makeStack('prod'))
const one = (address: string) => {
  const found = prod.find((resource) => resource.address === address)
  if (!found) throw new Error(`${address} is not in prod`)
  return found.arguments
}
/** What the stack gives to a module's inputs. */
const given = (module: string, name = 'prod', ...texts: string[]) =>
  render(makeStack(name, texts)).module?.[module] ?? {}

for (const name of stackNames) {
  t.test(`${name}: every bucket is closed, versioned, encrypted, without ACLs and by TLS only`, async (t) => {
    const resources = resourcesOf(makeStack(name))
    const buckets = resources.filter(({ type }) => type === 'aws_s3_bucket')
    t.ok(buckets.length > 0)
    for (const { address } of buckets) {
      const beside = (type: string, suffix: string) =>
        resources.find((other) => other.address === `${address.replace('aws_s3_bucket.', `${type}.`)}_${suffix}`)
          ?.arguments
      t.match(beside('aws_s3_bucket_public_access_block', 'closed'), {
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      })
      t.match(beside('aws_s3_bucket_ownership_controls', 'ownership'), {
        rule: { object_ownership: 'BucketOwnerEnforced' },
      })
      t.match(beside('aws_s3_bucket_versioning', 'versioning'), { versioning_configuration: { status: 'Enabled' } })
      t.ok(beside('aws_s3_bucket_server_side_encryption_configuration', 'encryption'), `${address} is encrypted`)
      const policy = String(beside('aws_s3_bucket_policy', 'policy')?.policy)
      t.match(policy, /"TlsOnly"/)
      t.match(policy, /"aws:SecureTransport"/)
    }
  })

  t.test(`${name}: no secret value can reach the state`, async (t) => {
    const stateful = ['password', 'password_wo', 'secret_string', 'secret_binary', 'auth_token', 'passwords']
    for (const { address, type, arguments: values } of resourcesOf(makeStack(name))) {
      const found = stateful.filter((key) => key in values)
      if (found.length > 0) t.fail(`${address} has ${found.join(', ')}`)
      if (type === 'aws_secretsmanager_secret_version') t.ok('secret_string_wo' in values, `${address} is write-only`)
    }
  })
}

t.test("the database is the guide's", async (t) => {
  t.match(given('database'), {
    name: 'wiko-defect-db-prod',
    subnet_group_name: 'wiko-db-subnet-group',
    instance_class: 'db.t4g.medium',
    major_version: '15',
    storage: 100,
    multi_az: true,
    backup_days: 7,
    protection: true,
  })
  t.match(one('module.database.aws_db_instance.main'), {
    engine: 'postgres',
    storage_type: 'gp3',
    storage_encrypted: true,
    publicly_accessible: false,
    manage_master_user_password: true,
    iam_database_authentication_enabled: true,
    auto_minor_version_upgrade: true,
    copy_tags_to_snapshot: true,
    deletion_protection: `\${var.protection}`,
    skip_final_snapshot: `\${!var.protection}`,
  })
  const parameters = one('module.database.aws_db_parameter_group.parameters').parameter as {
    name: string
    value: string
  }[]
  t.ok(parameters.some(({ name, value }) => name === 'rds.force_ssl' && value === '1'))
})

t.test("the cache is the guide's, encrypted, and nobody signs in without a name", async (t) => {
  t.match(given('cache'), {
    name: 'wiko-redis-prod',
    node_type: 'cache.t4g.micro',
    nodes: 2,
    engine: 'redis',
    engine_version: '7.1',
    subnet_group_name: 'wiko-cache-subnet-group',
  })
  t.match(one('module.cache.aws_elasticache_replication_group.main'), {
    description: 'Rate limiting for Wiko API',
    transit_encryption_enabled: true,
    transit_encryption_mode: 'required',
    at_rest_encryption_enabled: 'true',
  })
  t.match(one('module.cache.aws_elasticache_user.nobody'), {
    user_name: 'default',
    access_string: 'off ~keys* -@all',
    no_password_required: true, // the authentication mode of this name reads back as another, at every plan
    authentication_mode: undefined,
  })
  t.match(one('module.cache.aws_elasticache_user.api').authentication_mode, { type: 'iam' })
})

t.test('images move to cheaper storage as the setting says', async (t) => {
  const archive = (name: string) => given('images', 'prod', `images.archive=${name}`).archive
  for (const name of ['glacier-instant', 'glacier', 'intelligent']) t.equal(archive(name), name)
  t.match(given('images'), { bucket_name: 'wiko-defect-images-prod', archive_after_days: 90, force_destroy: false })
})

t.test('one switch takes every protection off', async (t) => {
  const off = ['protection=false', 'allowUnprotectedProd=true']
  t.equal(given('database', 'prod', ...off).protection, false)
  t.equal(given('cache', 'prod', ...off).protection, false)
  t.equal(given('images', 'prod', ...off).force_destroy, true)
  t.equal(given('logs', 'prod', ...off).force_destroy, true)
  t.equal(given('secrets', 'prod', ...off).recovery_days, 0)
})

t.test('the five secrets have the names of the guide', async (t) => {
  const names = prod
    .filter(({ type }) => type === 'aws_secretsmanager_secret')
    .map(({ arguments: values }) => values.name)
  const ofGuide = ['azure-api-key', 'api-key', 'secret-key', 'database-url', 'redis-url']
  t.strictSame(names.sort(), ofGuide.map((name) => `\${var.prefix}/${name}`).sort())
  t.equal(given('secrets').prefix, 'wiko')
  t.equal(given('secrets', 'staging').prefix, 'wiko-staging')
})
