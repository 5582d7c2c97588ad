import autocannon, { type AutocannonRequest } from 'autocannon'
import { formType, upload } from '../../fixtures/load.ts'
import { drawPhoto, withOwnBytes } from '../photos.ts'
import type { LoadRoute, Scenario } from './scenario.ts'

/** What became of the requests of one route in one phase. */
export interface Tally {
  phase: string
  route: string
  seconds: number
  /** Answers by status. */
  statuses: Record<string, number>
  /** Connections that broke, and answers that did not come in time. */
  broken: number
  /** Milliseconds of the answers that are no refusal. */
  latencies: number[]
}

const ANSWER_SECONDS = 60
const REFUSALS = [429, 503]
export const isRefusal = (status: number): boolean => REFUSALS.includes(status)

/** A GET, or an upload whose picture nobody has sent before. */
function requestOf(route: LoadRoute, jpeg: Buffer | null): AutocannonRequest {
  if (jpeg === null) return { method: 'GET', path: route.path ?? '/' }
  return {
    method: 'POST',
    path: '/api/v1/analyze',
    setupRequest: (request) => {
      // autocannon writes Content-Length itself.
      const { body } = upload(withOwnBytes(jpeg))
      return { ...request, headers: { ...request.headers, ...formType }, ...(body ? { body } : {}) }
    },
  }
}

/** One route for one phase: a generator of its own, so that its figures are its own. */
function runRoute(
  origin: string,
  headers: Record<string, string>,
  route: LoadRoute,
  jpeg: Buffer | null,
  { name: phase, seconds, factor }: Scenario['phases'][number],
  tally: Tally,
): Promise<void> {
  // autocannon shares whole requests a second out among the connections; one that gets none would send without a limit.
  const rate = Math.max(1, Math.round(route.rate * factor))
  const connections = Math.min(rate, Math.max(1, Math.round(route.connections * factor)))
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url: origin,
        connections,
        overallRate: rate,
        duration: seconds,
        timeout: ANSWER_SECONDS,
        headers,
        requests: [requestOf(route, jpeg)],
      },
      (error, { errors }) => {
        tally.broken = errors
        if (error) reject(new Error(`${route.name}, ${phase}: ${error.message}`))
        else resolve()
      },
    )
    instance.on('response', (_client, status, _bytes, ms) => {
      tally.statuses[status] = (tally.statuses[status] ?? 0) + 1
      if (!isRefusal(status)) tally.latencies.push(ms)
    })
  })
}

const SAY_EVERY_MS = 5_000

/** Runs the phases of a scenario one after another, its routes side by side. */
export async function runScenario(
  origin: string,
  headers: Record<string, string>,
  { phases, routes }: Scenario,
  say: (text: string) => void,
): Promise<Tally[]> {
  const pictures = await Promise.all(routes.map(({ photo }) => (photo ? drawPhoto(photo.width, photo.height) : null)))
  const all: Tally[] = []
  for (const phase of phases) {
    const tallies = routes.map(
      ({ name }): Tally => ({
        phase: phase.name,
        route: name,
        seconds: phase.seconds,
        statuses: {},
        broken: 0,
        latencies: [],
      }),
    )
    const started = performance.now()
    const progress = () => {
      const seconds = (performance.now() - started) / 1000
      const answers = tallies.map(
        ({ route, statuses }) => `${route} ${Object.values(statuses).reduce((sum, count) => sum + count, 0)}`,
      )
      say(`${phase.name}: ${seconds.toFixed(0)} of ${phase.seconds.toFixed(0)} s; answers: ${answers.join(', ')}`)
    }
    const timer = setInterval(progress, SAY_EVERY_MS)
    try {
      await Promise.all(
        routes.map((route, index) =>
          runRoute(origin, headers, route, pictures[index] ?? null, phase, tallies[index] as Tally),
        ),
      )
    } finally {
      clearInterval(timer)
      progress()
    }
    all.push(...tallies)
  }
  return all
}
