/** A collector of OpenTelemetry traces: takes OTLP/HTTP in JSON and keeps what was sent. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CollectedSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  /** OTLP: 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number
  attributes: Record<string, string | number>
  failed: boolean
}

interface OtlpSpan extends Omit<CollectedSpan, 'attributes' | 'failed'> {
  attributes: { key: string; value: { stringValue?: string; intValue?: number; doubleValue?: number } }[]
  status: { code?: number }
}

interface OtlpBody {
  resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[]
}

export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string
  /** Bodies as they came. */
  bodies: string[]
  spans(): CollectedSpan[]
  /** What it answers from now on; null: nothing, it hangs. */
  answer(status: number | null): void
  close(): Promise<void>
}

const spanOf = ({ attributes, status, ...span }: OtlpSpan): CollectedSpan => ({
  ...span,
  failed: status.code === 2,
  attributes: Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]),
  ),
})

export async function startCollector(): Promise<Collector> {
  const bodies: string[] = []
  let status: number | null = 200
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (status === null) return
    if (status === 200 && request.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString())
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: () =>
      bodies
        .map((body) => JSON.parse(body) as OtlpBody)
        .flatMap(({ resourceSpans }) => resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans.map(spanOf)),
    answer: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
