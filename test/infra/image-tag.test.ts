import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { service } from '../../modules/service/service.ts'
import { awsProvider } from '../../modules/stack.ts'
import { terraform } from '../../ops/infra/terraform.ts'
import { writeModule } from '../../stacks/write.ts'
import { here, initialized, shareInit, temporaryFolder, withoutTerraform } from './terraform.ts'

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:x'
const variables: Readonly<Record<string, unknown>> = {
  name: 'wiko',
  kms_key_arn: 'arn:aws:kms:us-east-1:123456789012:key/x',
  load_balancer_name: 'alb',
  target_group_name: 'tg',
  cluster_name: 'cluster',
  service_name: 'service',
  family: 'wiko-defect-analyzer',
  log_group_name: '/ecs/wiko-defect-analyzer',
  vpc_id: 'vpc-1',
  public_subnet_ids: ['subnet-1', 'subnet-2'],
  private_subnet_ids: ['subnet-3'],
  load_balancer_security_group_id: 'sg-1',
  task_security_group_id: 'sg-2',
  certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/x',
  log_bucket: 'logs',
  critical_topic_name: 'critical',
  repository: 'wiko-defect-analyzer',
  azure_api_key_arn: secret,
  api_key_arn: secret,
  secret_key_arn: secret,
  database_url_arn: secret,
  redis_url_arn: secret,
  database_master_secret_arn: secret,
  database_user_arn: 'arn:aws:rds-db:us-east-1:123456789012:dbuser:db-1/wiko_api',
  cache_arn: 'arn:aws:elasticache:us-east-1:123456789012:replicationgroup:x',
  cache_user_arn: 'arn:aws:elasticache:us-east-1:123456789012:user:x',
  cache_group_id: 'wiko-redis-prod',
  images_bucket_name: 'images',
  images_bucket_arn: 'arn:aws:s3:::images',
}

/** A run of `terraform test`: the tag given, what the parameter holds, and what must come of it. */
const run = (name: string, given: string | null, noted: readonly string[], expected: string) => `
run "${name}" {
  command = plan
  variables {
    image_tag = ${JSON.stringify(given)}
  }
  override_data {
    target = data.aws_ssm_parameters_by_path.noted
    values = { names = ${JSON.stringify(noted.map(() => '/cluster/image-tag/running'))}, values = ${JSON.stringify(noted)} }
  }
  ${expected}
}
`
const runs = (tag: string) => `assert {
    condition     = endswith(jsondecode(aws_ecs_task_definition.api_task.container_definitions)[1].image, ":${tag}")
    error_message = "runs another image"
  }
  assert {
    condition     = aws_ssm_parameter.image_tag.insecure_value == "${tag}"
    error_message = "remembers another tag"
  }`

t.test(
  'the image tag: given at plan, or the one that runs, or a readable error',
  { skip: withoutTerraform },
  async (t) => {
    const folder = await temporaryFolder(t)
    const provider = await initialized(join(folder, 'provider'), { aws: awsProvider })
    const module = join(folder, 'service')
    await mkdir(module)
    await writeModule(service.build(), module)
    await shareInit(provider, module)
    await writeFile(join(module, 'terraform.tfvars.json'), JSON.stringify(variables))
    const tests = [
      'mock_provider "aws" {}',
      // Its ARN stands in the task definition, and is else not known before it is made.
      'override_resource {',
      '  target = aws_sns_topic.critical',
      '  override_during = plan',
      '  values = { arn = "arn:aws:sns:us-east-1:123456789012:critical" }',
      '}',
      run('the_first', '1.0.0', [], runs('1.0.0')),
      run('another', '2.0.0', ['1.0.0'], runs('2.0.0')),
      run('none_given', null, ['1.0.0'], runs('1.0.0')),
      run('none_at_all', null, [], 'expect_failures = [aws_ecs_task_definition.api_task]'),
      run('latest', 'latest', [], 'expect_failures = [var.image_tag]'),
    ]
    await writeFile(join(module, 'tag.tftest.hcl'), tests.join('\n'))
    const { ok, stdout, stderr } = await terraform(here(), module, 'test', '-no-color')
    t.ok(ok, ok ? 'all runs pass' : stdout + stderr)
    t.match(stdout, /5 passed, 0 failed/)
  },
)
