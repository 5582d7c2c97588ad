/** What Azure's Responses API would refuse with 400, as far as the analyzer could get it wrong. */

export interface ResponsesRequest {
  model?: string
  store?: boolean
  instructions?: string
  input?: { role: string; content: { type: string; text?: string; image_url?: string; detail?: string }[] }[]
  text?: { format?: { type?: string; name?: string; strict?: boolean; schema?: JsonSchema } }
  reasoning?: { effort?: string }
  max_output_tokens?: number
}

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: unknown
  items?: JsonSchema
  anyOf?: JsonSchema[]
  enum?: unknown[]
}

export interface Objection {
  message: string
  param: string
}

const KNOWN_FIELDS = ['model', 'store', 'instructions', 'input', 'text', 'reasoning', 'max_output_tokens']
const KNOWN_KEYWORDS = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'enum',
  'description',
]
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh']
const DETAILS = ['low', 'high', 'auto', 'original']

export function objection(body: ResponsesRequest, imageExpected: boolean): Objection | undefined {
  const say = (param: string, message: string): Objection => ({ param, message })
  const stranger = Object.keys(body).find((field) => !KNOWN_FIELDS.includes(field))
  if (stranger) return say(stranger, `Unknown parameter: '${stranger}'.`)
  if (!body.model) return say('model', "Missing required parameter: 'model'.")
  if (body.reasoning && !EFFORTS.includes(body.reasoning.effort ?? ''))
    return say('reasoning.effort', `Invalid value: '${body.reasoning.effort}'.`)
  if (body.max_output_tokens !== undefined && !(body.max_output_tokens >= 16))
    return say('max_output_tokens', 'Expected a value of 16 or more.')

  const content = body.input?.flatMap((message) => message.content) ?? []
  if (!content.some(({ type, text }) => type === 'input_text' && text)) return say('input', 'There is no text.')
  const images = content.filter(({ type }) => type === 'input_image')
  if (imageExpected && images.length === 0) return say('input', 'There is no image.')
  for (const { image_url, detail } of images) {
    if (!DETAILS.includes(detail ?? '')) return say('input[0].content[1].detail', `Invalid value: '${detail}'.`)
    const [, base64] = /^data:image\/jpeg;base64,(.+)$/.exec(image_url ?? '') ?? []
    const start = Buffer.from((base64 ?? '').slice(0, 8), 'base64')
    if (start[0] !== 0xff || start[1] !== 0xd8) return say('input[0].content[1].image_url', 'Invalid image data.')
  }

  const format = body.text?.format
  if (format?.type !== 'json_schema' || format.strict !== true || !/^[\w-]{1,64}$/.test(format.name ?? ''))
    return say('text.format', 'Expected a strict json_schema with a name.')
  if (format.schema?.type !== 'object')
    return say('text.format.schema', "schema must be a JSON Schema of type 'object'.")
  const fault = strictFault(format.schema, 'schema', 1)
  return fault ? say('text.format.schema', `Invalid schema: ${fault}`) : undefined
}

/** Microsoft's rules of the strict subset, range and length keywords being refused too (older versions did). */
function strictFault(schema: JsonSchema, path: string, level: number): string | undefined {
  const keyword = Object.keys(schema).find((key) => !KNOWN_KEYWORDS.includes(key))
  if (keyword) return `${path}: '${keyword}' is not permitted`
  if (!schema.type && !schema.anyOf) return `${path}: must have a 'type' key`
  if (schema.type === 'object') {
    if (level > 5) return `${path}: more than 5 levels of nesting`
    const names = Object.keys(schema.properties ?? {})
    if (schema.additionalProperties !== false) return `${path}: 'additionalProperties' must be false`
    if (names.some((name) => !schema.required?.includes(name))) return `${path}: 'required' must list every property`
  }
  if (schema.type === 'array' && !schema.items) return `${path}: array without items`
  const children: [string, JsonSchema][] = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? [['items', schema.items] as [string, JsonSchema]] : []),
    ...(schema.anyOf ?? []).map((option, index): [string, JsonSchema] => [String(index), option]),
  ]
  for (const [name, child] of children) {
    const fault = strictFault(child, `${path}.${name}`, level + 1)
    if (fault) return fault
  }
  return undefined
}
