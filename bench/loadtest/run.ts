import autocannon, { type AutocannonRequest } from 'autocannon'
import { formType, upload } from '../../fixtures/load.ts'
import { drawPhoto, withUniqueBytes } from '../photos.ts'
import type { LoadRoute, Scenario } from './scenario.ts'

/** Results of one route in one phase. */
export interface Tally {
  phase: string
  route: string
  seconds: number
  /** Number of answers by status. */
  statuses: Record<string, number>
  /** Broken connections and timeouts. */
  broken: number
  /** Milliseconds of every answer that is not a refusal. */
  latencies: number[]
}

const ANSWER_SECONDS = 60
const REFUSALS = [429, 503]
export const isRefusal = (status: number): boolean => REFUSALS.includes(status)

/** A GET, or an upload of a new picture. */
function requestOf(route: LoadRoute, jpeg: Buffer | null): AutocannonRequest {
  if (jpeg === null) return { method: 'GET', path: route.path ?? '/' }
  return {
    method: 'POST',
    path: '/api/v1/analyze',
    setupRequest: (request) => {
      // autocannon sets Content-Length itself.
      const { body } = upload(withUniqueBytes(jpeg))
      return { ...request, headers: { ...request.headers, ...formType }, ...(body ? { body } : {}) }
    },
  }
}

/** Runs one route for one phase, in a separate generator to get separate figures. */
function runRoute(
  origin: string,
  headers: Record<string, string>,
  route: LoadRoute,
  jpeg: Buffer | null,
  { name: phase, seconds, factor }: Scenario['phases'][number],
  tally: Tally,
): Promise<void> {
  // autocannon distributes whole requests per second over the connections. A connection without a share would be unlimited.
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

/** Runs the phases of a scenario in sequence and the routes of each phase in parallel. */
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
