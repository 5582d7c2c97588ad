/** What the fake of Azure OpenAI can be told to answer, well or badly. */
import type { Behaviour, FakeCall } from './fake-azure.ts'

export interface FakeFinding {
  description: string
  defect_type: string
  affected_area: string
  box: number[] | null
  severity: string
  confidence: number
}

export const SCRATCH: FakeFinding = {
  description: 'A fine scratch runs along the blade face.',
  defect_type: 'blade_scratch',
  affected_area: 'blade',
  box: [100, 50, 180, 90],
  severity: 'minor',
  confidence: 0.82,
}

export const EXPLANATION = {
  five_whys: {
    why_1: 'The blade is scratched because grit touched it during glazing.',
    why_2: 'Grit was on the wheel because it was carried over from polishing.',
    why_3: 'It was carried over because parts were not rinsed between the two.',
    why_4: 'They were not rinsed because the rinse was out of order.',
    why_5: 'Nobody noticed because the rinse is in no check list.',
  },
  root_cause: 'Probably coarse grit carried over from polishing; look at the glazing wheel under a lens.',
  probable_stage: 'blade_glazing',
  contributing_factors: ['Worn wheel', 'Blocked rinse'],
  ishikawa_analysis: {
    machine: 'Rinse nozzle blocked.',
    material: 'Nothing points to it.',
    method: 'No rinse check.',
    man: 'Nothing points to it.',
    measurement: 'No lens check.',
    environment: 'Nothing points to it.',
  },
  corrective_actions: ['Dress the glazing wheel.'],
  preventive_actions: ['Put the rinse into the shift check list.'],
}

let serial = 0

/** The body of a Responses API answer, whole unless told otherwise. */
export function responseBody(call: FakeCall, content: object[], more: object = {}): Record<string, unknown> {
  const id = String(++serial).padStart(8, '0')
  const reasoning = call.body.reasoning?.effort === 'none' ? 0 : 64
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: 'gpt-5.2-2025-12-11',
    output: [
      ...(reasoning ? [{ id: `rs_${id}`, type: 'reasoning', summary: [] }] : []),
      { id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content },
    ],
    parallel_tool_calls: true,
    store: false,
    text: call.body.text,
    usage: {
      input_tokens: call.kind === 'detect' ? 3000 : 1500,
      input_tokens_details: { cached_tokens: 1000, cache_write_tokens: 0 },
      output_tokens: 200 + reasoning,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: (call.kind === 'detect' ? 3200 : 1700) + reasoning,
    },
    ...more,
  }
}

const outputText = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })
export const errorBody = (code: string, message: string, more: object = {}) => ({
  error: { code, message, param: null, type: null, ...more },
})

/** The model says this text, JSON or not. */
export const says =
  (text: string, more: object = {}): Behaviour =>
  (call) => ({ body: responseBody(call, [outputText(text)], more) })
export const answers = (value: unknown): Behaviour => says(JSON.stringify(value))
/** Detection with these findings; parts of the answer may be set otherwise. */
export const finds = (findings: Partial<FakeFinding>[], more: object = {}): Behaviour =>
  answers({
    description: findings.length > 0 ? 'A blade with a flaw.' : 'A clean blade.',
    photo: 'usable',
    findings: findings.map((finding) => ({ ...SCRATCH, ...finding })),
    defect_detected: findings.length > 0,
    confidence: 0.9,
    ...more,
  })
export const goodPart = finds([])
export const defect = finds([SCRATCH])
export const explains = (more: object = {}): Behaviour => answers({ ...EXPLANATION, ...more })
/** Each text of a translation with a mark in front; `change` may spoil the answer. */
export const translates =
  (mark = '译：', change: (texts: Record<string, string>) => unknown = (texts) => texts): Behaviour =>
  (call, response) => {
    const said = call.body.input?.[0]?.content[0]?.text ?? ''
    const sent = JSON.parse(/<texts>\n(.*)\n<\/texts>/s.exec(said)?.[1] ?? '{}') as Record<string, string>
    const texts = Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, mark + text]))
    return answers(change(texts))(call, response)
  }
export const httpError =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  () => ({ status, body, headers })
export const rateLimited = (headers: Record<string, string>): Behaviour =>
  httpError(429, errorBody('429', 'Requests have exceeded the call rate limit.'), headers)
export const quotaSpent: Behaviour = httpError(
  429,
  errorBody('insufficient_quota', 'You exceeded your current quota.', { type: 'insufficient_quota' }),
)
export const serverError: Behaviour = httpError(500, errorBody('server_error', 'The server had an error.'))
export const contentFilter: Behaviour = httpError(
  400,
  errorBody('content_filter', 'The response was filtered due to the prompt triggering the content management policy.', {
    param: 'prompt',
    status: 400,
    innererror: {
      code: 'ResponsibleAIPolicyViolation',
      content_filter_result: { violence: { filtered: true, severity: 'medium' } },
    },
  }),
)
export const cutByFilter: Behaviour = says('{"desc', {
  status: 'incomplete',
  incomplete_details: { reason: 'content_filter' },
})
export const truncated: Behaviour = says('{"description":"A bla', {
  status: 'incomplete',
  incomplete_details: { reason: 'max_output_tokens' },
})
export const failedWith = (code: string): Behaviour =>
  says('', { status: 'failed', error: { code, message: 'It failed.' } })
export const refusal: Behaviour = (call) => ({
  body: responseBody(call, [{ type: 'refusal', refusal: "I'm sorry, I can't assist with that." }]),
})
export const garbage =
  (contentType: string): Behaviour =>
  (_, response) => {
    response.writeHead(200, { 'content-type': contentType }).end('<html><body>Gateway</body></html>')
    return undefined
  }
/** Never answers. */
export const hang: Behaviour = () => undefined
/** Sends the head and a part of the body, then nothing more. */
export const hangMidBody: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"object":')
  return undefined
}
export const reset: Behaviour = (_, response) => {
  response.socket?.resetAndDestroy()
  return undefined
}
export const resetMidBody: Behaviour = (_, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .write('{"object":', () => response.socket?.resetAndDestroy())
  return undefined
}

/** A good part, and an explanation or a translation where one is asked for. */
export const model: Behaviour = (call, response) => {
  if (call.kind === 'translate') return translates()(call, response)
  return (call.kind === 'detect' ? goodPart : explains())(call, response)
}
