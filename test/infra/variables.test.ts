import t from 'tap'
import { environments } from '../../stacks/environments.ts'
import { type Environment, override } from '../../stacks/settings.ts'
import { validate } from '../../stacks/validate.ts'

/** An ARN of a secret without the characters that Secrets Manager puts at its end, and with them. */
const part = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:wiko/webhook'
const whole = `${part}-AbC123`

t.test('variables and secrets that cannot work stop the synth', async (t) => {
  const { prod } = environments as { prod: Environment }
  const faults: readonly (readonly [text: string, setting: string])[] = [
    ['service.variables={}', 'service.variables.AZURE_AI_ENDPOINT'],
    ['service.variables={"AZURE_AI_ENDPOINT":"http://plain"}', 'service.variables.AZURE_AI_ENDPOINT'],
    ['service.variables={"ANALYZER":"local","API_KEY":"in the open"}', 'service.variables.API_KEY'],
    ['service.variables={"ANALYZER":"local","PORT":"80"}', 'service.variables.PORT'],
    ['service.variables={"ANALYZER":"local","EVENTS_TOPIC_ARN":"arn"}', 'service.variables.EVENTS_TOPIC_ARN'],
    ['service.variables={"ANALYZER":"local","NO-NAME":"x"}', 'service.variables.NO-NAME'],
    ['service.variables={"ANALYZER":"local","WEBHOOK_SECRET":"in the open"}', 'service.variables.WEBHOOK_SECRET'],
    ['service.secrets={"WEBHOOK_SECRET":"in the open"}', 'service.secrets.WEBHOOK_SECRET'],
    [`service.secrets={"WEBHOOK_SECRET":"${part}"}`, 'service.secrets.WEBHOOK_SECRET'],
    [`service.secrets={"WEBHOOK_SECRET":"${whole}"}`, 'service.variables.WEBHOOK_URL'],
    [
      'service.variables={"ANALYZER":"local","WEBHOOK_URL":"https://mes.wiko.com/events"}',
      'service.secrets.WEBHOOK_SECRET',
    ],
    ['service.variables={"ANALYZER":"local","WEBHOOK_URL":"http://mes.wiko.com"}', 'service.variables.WEBHOOK_URL'],
    [`service.secrets={"API_KEY":"${whole}"}`, 'service.secrets.API_KEY'],
    [`service.secrets={"PORT":"${whole}"}`, 'service.secrets.PORT'],
    [`service.secrets={"NO-NAME":"${whole}"}`, 'service.secrets.NO-NAME'],
    [`service.secrets={"AZURE_AI_ENDPOINT":"${whole}"}`, 'service.secrets.AZURE_AI_ENDPOINT'],
  ]
  for (const [text, setting] of faults) {
    const found = validate(override(prod, [text]).settings)
    t.ok(
      found.some((fault) => fault.startsWith(`${setting}: `)),
      `${text}: ${found.join('; ')}`,
    )
    t.notMatch(found.join(), /in the open/, 'a secret is not repeated')
  }
  const local = override(prod, ['service.variables={"ANALYZER":"local","LOG_LEVEL":"debug"}']).settings
  t.strictSame(validate(local), [])
  const webhook = override(prod, [
    'service.variables={"ANALYZER":"local","WEBHOOK_URL":"https://mes.wiko.com/events"}',
    `service.secrets={"WEBHOOK_SECRET":"${whole}"}`,
    'service.criticalEmails=["line@wiko.com"]',
  ])
  t.strictSame([...webhook.faults, ...validate(webhook.settings)], [])
})
