import t from 'tap'
import { type ServiceOptions, service } from '../../modules/service/service.ts'
import type { TerraformJson } from '../../modules/stack.ts'

const json = (options: Partial<ServiceOptions>) =>
  JSON.parse(String(service.build(options).files.get('main.tf.json'))) as TerraformJson
const resource = (type: string, name: string, options: Partial<ServiceOptions>) =>
  json(options).resource?.[type]?.[name] ?? {}

t.test('critical verdicts: an encrypted topic, to which only what works off the queue publishes', async (t) => {
  for (const [options, role] of [
    [{}, 'task'],
    [{ separateWorker: true }, 'worker-task'],
  ] as const) {
    t.match(resource('aws_sns_topic', 'critical', options), {
      name: `\${var.critical_topic_name}`,
      kms_master_key_id: `\${var.kms_key_arn}`,
    })
    const topic = String(resource('aws_sns_topic_policy', 'critical_policy', options).policy)
    t.match(topic, /"Effect" = "Deny"[^}]*"Condition" = \{"Bool" = \{"aws:SecureTransport" = "false"\}/)
    t.match(topic, new RegExp(`"ArnNotEquals" = \\{"aws:PrincipalArn" = "[^"]*:role/\\$\\{var.name\\}-${role}"`))
    t.notMatch(topic, /"Allow"/, 'who publishes is said by the role')
    for (const task of Object.values(json(options).resource?.aws_ecs_task_definition ?? {})) {
      t.match(
        String(task.container_definitions),
        /"EVENTS_TOPIC_ARN" = aws_sns_topic\.critical\.arn/,
        'every part knows it',
      )
    }
  }
  for (const [part, role] of [
    [{}, 'api_role'],
    [{ separateWorker: true }, 'worker_role'],
  ] as const) {
    const rights = String(resource('aws_iam_role_policy', `${role}_rights`, part).policy)
    t.match(rights, /"Action" = "sns:Publish", "Resource" = aws_sns_topic\.critical\.arn\}/)
    t.match(rights, /"Action" = "kms:GenerateDataKey\*", "Resource" = var\.kms_key_arn\}/)
  }
  const api = String(resource('aws_iam_role_policy', 'api_role_rights', { separateWorker: true }).policy)
  t.match(api, /"s3:PutObject"/)
  t.notMatch(api, /sns:Publish/, 'an API beside a worker delivers nothing')
})
