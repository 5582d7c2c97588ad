import { HAS_PROC, memoryOf } from '../fixtures/processes.ts'
import { connect } from './client.ts'
import { drawPhoto, withUniqueBytes } from './photos.ts'
import { say, withService } from './running.ts'
import { slope, sum } from './statistics.ts'
import type { Row } from './table.ts'

const CLIENTS = 16
/** Every hundredth photo has the 12 megapixels of a camera. */
const LARGE_EVERY = 100
/** The first third warms up caches, pools and allocator arenas and is not judged. */
const SETTLED = 1 / 3
const MAX_MB_PER_THOUSAND = 5

/** Detects memory leaks: a line fitted to the memory over thousands of uploads must not rise. */
export async function runMemory(quick: boolean): Promise<Row[]> {
  if (!HAS_PROC) return []
  const uploads = quick ? 600 : 10_000
  const small = await drawPhoto(800, 600)
  const large = await drawPhoto(4000, 3000)
  const points: { x: number; y: number }[] = []
  const failures: Record<string, number> = {}
  const { peakMb } = await withService({ modelMs: 0, defectEvery: 4 }, async ({ origin, pid }) => {
    const client = connect(origin)
    let sent = 0
    const camera = async () => {
      while (sent < uploads) {
        const number = ++sent
        const { status, detail } = await client.analyze(withUniqueBytes(number % LARGE_EVERY === 0 ? large : small))
        if (status !== 200) failures[`${status} ${detail}`] = (failures[`${status} ${detail}`] ?? 0) + 1
        if (number % (uploads / 100) === 0) points.push({ x: number, y: memoryOf(pid, 'VmRSS') })
        if (number % (uploads / 10) === 0) say(`${number} uploads, ${memoryOf(pid, 'VmRSS').toFixed(0)} MB`)
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, camera))
    client.close()
  })
  for (const [reason, count] of Object.entries(failures)) say(`${count} x ${reason}`)
  const refused = sum(Object.values(failures))
  // On a busy machine, some uploads are rightly refused with 503. Anything else is a fault.
  const faults = Object.keys(failures).filter((reason) => !reason.startsWith('503'))
  const settled = points.filter(({ x }) => x > uploads * SETTLED)
  const climb = slope(settled) * 1000
  const [first, last] = [settled[0]?.y ?? Number.NaN, settled.at(-1)?.y ?? Number.NaN]
  return [
    {
      what: `Memory over ${uploads} uploads, ${CLIENTS} clients`,
      target: `rises less than ${MAX_MB_PER_THOUSAND} MB per 1,000`,
      measured: `${climb.toFixed(2)} MB per 1,000 (${first.toFixed(0)} MB after a third, ${last.toFixed(0)} MB at the end, peak ${peakMb.toFixed(0)} MB); ${refused} refused`,
      // A few hundred uploads are too few to get past the warm-up.
      ok: faults.length > 0 ? false : quick ? null : climb < MAX_MB_PER_THOUSAND,
    },
  ]
}
