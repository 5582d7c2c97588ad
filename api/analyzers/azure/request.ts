import { randomUUID } from 'node:crypto'
import type {
  ImageDetail,
  ResponseCreateParamsNonStreaming,
  ResponseInputContent,
} from 'openai/resources/responses/responses'
import type { ReasoningEffort } from 'openai/resources/shared'
import type { Prompt } from '../prompts/prompts.ts'
import type { AnswerFormat } from './schema.ts'

export type CallName = 'detect' | 'explain' | 'translate'

export interface Question<T> {
  call: CallName
  deployment: string
  prompt: Prompt
  image?: { jpeg: Buffer; detail: ImageDetail }
  format: AnswerFormat<T>
}

/**
 * Maximum tokens of an answer. Twenty findings or a full explanation in Chinese stay under 4,000. Reasoning is billed
 * and counted as output, so it needs room of its own.
 */
const MAX_OUTPUT_TOKENS = { plain: 4_096, reasoning: 16_384 }

const DATA_URL = 'data:image/jpeg;base64,'

/** The request as UTF-8 JSON, built once for all attempts. */
export function requestBody<T>(question: Question<T>, effort: ReasoningEffort): Buffer {
  const { image } = question
  if (!image) return Buffer.from(JSON.stringify(requestOf(question, effort, null)))
  // The picture is 99 % of the request and needs no escaping, so its bytes are inserted directly. Clients cannot know
  // the mark.
  const mark = randomUUID()
  const [before = '', after = ''] = JSON.stringify(requestOf(question, effort, DATA_URL + mark)).split(mark)
  return Buffer.concat([Buffer.from(before), Buffer.from(image.jpeg.toString('base64'), 'latin1'), Buffer.from(after)])
}

function requestOf<T>(
  { deployment, prompt, image, format }: Question<T>,
  effort: ReasoningEffort,
  imageUrl: string | null,
): ResponseCreateParamsNonStreaming {
  const content: ResponseInputContent[] = [{ type: 'input_text', text: prompt.input }]
  if (image) content.push({ type: 'input_image', detail: image.detail, image_url: imageUrl })
  return {
    model: deployment,
    store: false,
    instructions: prompt.instructions,
    input: [{ role: 'user', content }],
    text: { format: { type: 'json_schema', name: format.name, schema: { ...format.schema }, strict: true } },
    max_output_tokens: effort === null || effort === 'none' ? MAX_OUTPUT_TOKENS.plain : MAX_OUTPUT_TOKENS.reasoning,
    ...(effort !== null && { reasoning: { effort } }),
  }
}
