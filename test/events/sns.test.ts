import { setTimeout as sleep } from 'node:timers/promises'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import t from 'tap'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const reason = await installMoto()

/** One call of SQS, which moto knows by the scope of the signature. */
async function sqs(url: string, action: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

t.test('publishes a critical verdict to the SNS topic', reason === null ? {} : { skip: reason }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  Object.assign(process.env, moto.env)
  const sns = new SNSClient({ region: 'us-east-1' })
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'events' }))
  const { QueueUrl } = await sqs(moto.url, 'CreateQueue', { QueueName: 'watch' })
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:watch' }),
  )

  const analyzer = scriptedAnalyzer(() => resultOf([rust]))
  const service = await startService({ EVENTS_TOPIC_ARN: TopicArn ?? '' }, { analyzer })
  t.teardown(() => service.close())
  const response = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  const { defect_id: defectId } = await analysisOf(response)
  let messages: { Body: string }[] = []
  while (messages.length === 0) {
    const received = await sqs(moto.url, 'ReceiveMessage', { QueueUrl })
    messages = (received.Messages as { Body: string }[] | undefined) ?? []
    await sleep(100)
  }
  const [event] = (await service.database.pool.query('select id from events')).rows
  const notice = JSON.parse(messages[0]?.Body ?? '')
  t.match(JSON.parse(notice.Message), { type: 'analysis.critical', data: { defect_id: defectId } })
  t.match(notice.MessageAttributes, { type: { Value: 'analysis.critical' }, 'webhook-id': { Value: event.id } })
  sns.destroy()
})
