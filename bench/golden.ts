import { availableParallelism } from 'node:os'
import { createGoldenInspector, type GoldenModel, type Photo, serialise } from '../api/analyzers/golden/index.ts'
import { CELL, featuresOf } from '../api/analyzers/golden/network.ts'
import { drawnStation } from '../fixtures/golden-station.ts'
import { say } from './running.ts'
import type { Row } from './table.ts'

const CLIENTS = [1, 4, 16]
const GOLDENS = 10
const STATIONS = 20
/** Minimum share of the baseline: everything but the network may take twice as long as the network. */
const MIN_OF_NETWORK = 1 / 3
/** Minimum share of one client's throughput: queueing must not slow the work down. */
const MIN_OF_ONE = 0.9
const MAX_MB = 900

/**
 * Inspection by golden samples, without the service. The baseline is the network alone: its two runs per photo, in sequence, on one
 * thread. Also measures the memory of a process that holds many stations.
 */
export async function runGolden(quick: boolean): Promise<Row[]> {
  const shoot = await drawnStation('knife', 3, 1152, 864)
  const photos = await Promise.all(Array.from({ length: GOLDENS + 4 }, async (_, i) => (await shoot(i)).photo))
  const threads = availableParallelism()
  const inspector = createGoldenInspector({ threads })
  try {
    say(`fitting ${GOLDENS} goldens of 1 megapixel`)
    const start = performance.now()
    const model = await inspector.fit(photos.slice(0, GOLDENS))
    const fitSeconds = (performance.now() - start) / 1000
    const tests = photos.slice(GOLDENS)
    const seconds = quick ? 6 : 20
    const baseline = await networkAlone(model, tests, seconds)
    const rates: { clients: number; rate: number }[] = []
    for (const clients of CLIENTS) {
      say(`${clients} clients`)
      rates.push({ clients, rate: await judged((photo) => inspector.judge(model, photo), tests, clients, seconds) })
    }
    const one = rates[0]?.rate ?? 0
    const loaded: GoldenModel[] = []
    const bytes = serialise(model)
    for (let i = 0; i < STATIONS; i++) loaded.push(await inspector.load(bytes))
    for (const station of loaded) await inspector.judge(station, tests[0] as Photo)
    const mb = process.memoryUsage.rss() / 1e6
    return [
      {
        what: `Golden samples, ${GOLDENS} goldens, 1 megapixel: fit; size of the model`,
        target: '30 s; -',
        measured: `${fitSeconds.toFixed(1)} s; ${(bytes.length / 1e6).toFixed(1)} MB`,
        ok: null,
      },
      ...rates.map(({ clients, rate }) => ({
        what: `Photos per second, ${clients} clients on ${threads} threads, relative to the network alone on one (${baseline.toFixed(2)}/s)`,
        target: clients === 1 ? `at least ${MIN_OF_NETWORK.toFixed(2)}` : `at least ${MIN_OF_ONE} of one client's`,
        measured: `${(rate / baseline).toFixed(2)} (${rate.toFixed(2)}/s)`,
        ok: clients === 1 ? rate >= MIN_OF_NETWORK * baseline : rate >= MIN_OF_ONE * one,
      })),
      {
        what: `Memory of a process that holds ${loaded.length} such stations`,
        target: `under ${MAX_MB} MB`,
        measured: `${mb.toFixed(0)} MB`,
        ok: mb < MAX_MB,
      },
    ]
  } finally {
    await inspector.close()
  }
}

/** Photos per second of the network alone. */
async function networkAlone({ info }: GoldenModel, photos: readonly Photo[], seconds: number): Promise<number> {
  const sizes = info.levels.map(({ width, height }) => ({ width: width * CELL, height: height * CELL }))
  return judged(
    async (photo) => {
      for (const size of sizes) await featuresOf(photo, size)
    },
    photos,
    1,
    seconds,
  )
}

/** Calls per second of `clients` closed-loop clients. */
async function judged(
  call: (photo: Photo) => Promise<unknown>,
  photos: readonly Photo[],
  clients: number,
  seconds: number,
): Promise<number> {
  const photo = (i: number): Photo => photos[i % photos.length] as Photo
  await Promise.all(Array.from({ length: Math.min(4, clients) }, (_, i) => call(photo(i))))
  const start = performance.now()
  let done = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = client; performance.now() - start < seconds * 1000; i++) {
        await call(photo(i))
        done++
      }
    }),
  )
  return done / ((performance.now() - start) / 1000)
}
