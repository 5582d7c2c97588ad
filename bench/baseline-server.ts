/**
 * Reproduces the performance of the prototype that the product replaces: four synchronous workers, each making two model calls in
 * sequence per photo (three for a defect) and storing nothing. `node bench/baseline-server.ts ENDPOINT KEY` prints its origin.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import PQueue from 'p-queue'

const [endpoint = '', key = ''] = process.argv.slice(2)
const workers = new PQueue({ concurrency: 4 })
const schema = { type: 'object', properties: {}, required: [], additionalProperties: false }

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function ask(imageUrl: string): Promise<{ defect_detected?: boolean }> {
  const content = [
    { type: 'input_text', text: 'Is this part defective?' },
    { type: 'input_image', image_url: imageUrl, detail: 'high' },
  ]
  const format = { type: 'json_schema', name: 'baseline', strict: true, schema }
  const response = await fetch(`${endpoint}/openai/v1/responses`, {
    method: 'POST',
    headers: { 'api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-5-2', store: false, input: [{ role: 'user', content }], text: { format } }),
  })
  const { output } = (await response.json()) as { output: { content?: { text: string }[] }[] }
  return JSON.parse(output.at(-1)?.content?.[0]?.text ?? '{}')
}

/** Extracts the JPEG from the form, from its first to its last marker. */
const pictureIn = (form: Buffer): Buffer =>
  form.subarray(form.indexOf(Buffer.from([0xff, 0xd8, 0xff])), form.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2)

const server = createServer((request, response) => {
  void workers.add(async () => {
    const image = `data:image/jpeg;base64,${pictureIn(await bodyOf(request)).toString('base64')}`
    const { defect_detected = false } = await ask(image)
    await ask(image)
    if (defect_detected) await ask(image)
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ analysis: { defect_detected } }))
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
