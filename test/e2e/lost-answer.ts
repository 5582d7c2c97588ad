import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { Test } from 'tap'
import { AnalyzerError } from '../../api/analyzer/analyzer.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf } from '../support/analyzers.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import type { Stage } from './stage.ts'

export interface LossyProxy {
  url: string
  /** Answers all with 503, as a load balancer does that has nobody behind it. */
  down: boolean
  /** How many answers of POST /analyze are still to be lost once the service has given them. */
  losses: number
  /** Idempotency-Key of each attempt, in order. */
  keys: (string | undefined)[]
  close(): void
}

/** Stands between the page and the service, as a load balancer does, and loses answers. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const server = createServer((near, answer) => {
    if (proxy.down) {
      near.resume()
      answer.writeHead(503, { connection: 'close' }).end('<h1>503</h1>')
      return
    }
    const isPhoto = near.method === 'POST' && near.url === '/api/v1/analyze'
    if (isPhoto) proxy.keys.push(near.headers['idempotency-key'] as string | undefined)
    const far = request(`${target}${near.url}`, { method: near.method, headers: near.headers }, (given) => {
      if (isPhoto && proxy.losses > 0) {
        proxy.losses--
        given.resume().once('end', () => near.socket.destroy())
        return
      }
      answer.writeHead(given.statusCode ?? 502, { ...given.headers, connection: 'close' })
      given.pipe(answer)
    })
    far.once('error', () => near.socket.destroy())
    near.pipe(far)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const proxy: LossyProxy = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    down: false,
    losses: 0,
    keys: [],
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return proxy
}

/** An answer that is lost on its way is asked for again under the same key: one effect, one row. */
export async function lostAnswerTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const proxy = await startLossyProxy(service.url)
  t.teardown(() => proxy.close())
  const { page } = await openPage(t, browser)
  analyzer.answer = () => resultOf()
  analyzer.inputs.length = 0
  const rowsOf = async (name: string) =>
    (await service.database.db.select().from(analyses)).filter(({ fileName }) => fileName === name)
  await page.goto(proxy.url)

  // Chromium itself repeats a request on a connection that it had open already, and only once: the rest is the page's.
  proxy.losses = 2
  await addPhotos(page, jpegFile('lost.jpg', await photo()))
  await rowOf(page, 'lost.jpg').and(page.locator('[data-state=done]')).waitFor()
  t.equal(proxy.keys.length, 3, 'sent again by itself')
  t.match(proxy.keys[0], /^[\w-]{16,}$/)
  t.equal(new Set(proxy.keys).size, 1, 'under the same key')
  t.equal(analyzer.inputs.length, 1, 'the model was asked once')
  t.equal((await rowsOf('lost.jpg')).length, 1, 'one row')

  const asked: number[] = []
  analyzer.answer = () => {
    asked.push(Date.now())
    if (asked.length > 1) return resultOf()
    throw new AnalyzerError('overloaded', 'Too much to do', { retryAfterSeconds: 2 })
  }
  await addPhotos(page, jpegFile('busy.jpg', await photo()))
  await rowOf(page, 'busy.jpg').and(page.locator('[data-state=done]')).waitFor()
  t.ok((asked[1] ?? 0) - (asked[0] ?? 0) >= 1900, 'Retry-After is obeyed')
  t.equal(proxy.keys.at(-1), proxy.keys.at(-2))
  t.not(proxy.keys.at(-1), proxy.keys[0], 'another photo has a key of its own')
  t.equal((await rowsOf('busy.jpg')).length, 1)
}
