import { inspect } from 'node:util'
import t from 'tap'
import type { AnalyzerFailure } from '../../api/domain/analyzer-error.ts'
import { FAKE_KEY } from '../../fixtures/fake-azure.ts'
import {
  type Behaviour,
  contentFilter,
  cutByFilter,
  defect,
  failedWith,
  garbage,
  httpError,
  refusal,
  says,
  truncated,
} from '../../fixtures/fake-azure-behaviours.ts'
import { calledFor, failsWith, input, setUp } from './harness.ts'

const error = (code: string, more: object = {}) => ({
  error: { code, message: 'No.', type: null, param: null, ...more },
})

const cases: [name: string, behaviour: Behaviour, failure: AnalyzerFailure][] = [
  ['a refusal', refusal, 'refused'],
  ['a prompt that the filter stops', contentFilter, 'content_filtered'],
  ['an answer that the filter cuts', cutByFilter, 'content_filtered'],
  ['an answer that is cut off', truncated, 'truncated'],
  ['a page of HTML', garbage('text/html'), 'malformed'],
  ['HTML called JSON', garbage('application/json'), 'malformed'],
  ['an empty body', httpError(200, undefined, { 'content-length': '0' }), 'malformed'],
  ['JSON that is no response', httpError(200, { ok: true }), 'malformed'],
  ['output that is not JSON', says('The part is fine.'), 'malformed'],
  ['no output', says(''), 'malformed'],
  ['a wrong key', httpError(401, error('401', { message: `Wrong key ${FAKE_KEY}` })), 'unauthorized'],
  ['no permission', httpError(403, error('PermissionDenied')), 'unauthorized'],
  ['no such deployment', httpError(404, error('DeploymentNotFound')), 'unauthorized'],
  [
    'a setting that the deployment does not take',
    httpError(400, error('unsupported_value', { param: 'reasoning.effort' })),
    'unauthorized',
  ],
  ['an image that the model cannot read', httpError(400, error('invalid_image_format')), 'unreadable'],
  ['a response that failed for its image', failedWith('image_parse_error'), 'unreadable'],
]

for (const [name, behaviour, failure] of cases) {
  t.test(`${name} is "${failure}" after one call (D4)`, async (t) => {
    const { fake, analyzer, events } = await setUp(t)
    fake.script(behaviour)
    const caught = await failsWith(t, analyzer.analyze(input()), failure)
    t.equal(fake.calls.length, 1)
    t.match(events, [{ call: 'detect', attempt: 1, outcome: failure, retryInMs: undefined }])
    const all = inspect(caught, { depth: 10, showHidden: true })
    t.notMatch(all, FAKE_KEY)
    t.notMatch(all, /base64|\/9j\//)
  })
}

t.test('Messages name the status, the code and the request for operators', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(httpError(400, error('unsupported_value', { param: 'reasoning.effort' }), { 'x-request-id': 'req-1' }))
  const { message } = await failsWith(t, analyzer.analyze(input()), 'unauthorized')
  t.match(message, 'HTTP 400, unsupported_value, at reasoning.effort, request req-1')
})

t.test('A message about a rejected key does not contain the key', async (t) => {
  const wrong = 'wrong-key-abcdefabcdefabcdefabcdefabcdef'
  const { fake, analyzer } = await setUp(t, { apiKey: wrong })
  const caught = await failsWith(t, analyzer.analyze(input()), 'unauthorized')
  t.same(calledFor(fake), ['refused'])
  t.notMatch(inspect(caught, { depth: 10, showHidden: true }), wrong)
})

t.test('The key is read for every call, so that a rotated one is used', async (t) => {
  const keys = ['old-key', `${FAKE_KEY}\n`]
  const { analyzer } = await setUp(t, { apiKey: async () => keys.shift() ?? '' })
  await failsWith(t, analyzer.analyze(input()), 'unauthorized')
  t.equal((await analyzer.analyze(input())).repaired, false)
})

t.test('An unreadable key fails the analysis', async (t) => {
  const { fake, analyzer } = await setUp(t, { apiKey: () => Promise.reject(new Error('secret store: token abc')) })
  const caught = await failsWith(t, analyzer.analyze(input()), 'unauthorized')
  t.notMatch(inspect(caught, { depth: 10 }), 'abc')
  t.equal(fake.calls.length, 0)
})

t.test('A failed second call fails the analysis', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(defect, refusal)
  await failsWith(t, analyzer.analyze(input()), 'refused')
  t.same(calledFor(fake), ['detect', 'explain'])
})

t.test('A large picture that cannot be decoded is unreadable', async (t) => {
  const { fake, analyzer } = await setUp(t)
  const image = { jpeg: Buffer.from('not a picture'), width: 4000, height: 3000 }
  await failsWith(t, analyzer.analyze(input({ image })), 'unreadable')
  t.equal(fake.calls.length, 0)
})
