import { HAS_PROC, memoryOf } from '../fixtures/processes.ts'
import { connect } from './client.ts'
import { drawPhoto, withOwnBytes } from './photos.ts'
import { say, withService } from './running.ts'
import { slope, sum } from './statistics.ts'
import type { Row } from './table.ts'

const CLIENTS = 16
/** Every hundredth photo is a camera's 12 megapixels. */
const LARGE_EVERY = 100
/** The first third fills caches, pools and the allocator's arenas, and is not judged. */
const SETTLED = 1 / 3
const MAX_MB_PER_THOUSAND = 5

/** What the service has in memory over thousands of uploads: a line fitted to it must not climb. */
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
        const { status, detail } = await client.analyze(withOwnBytes(number % LARGE_EVERY === 0 ? large : small))
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
  // A machine that is busy with other things refuses some with 503, as it should; anything else is a fault.
  const faults = Object.keys(failures).filter((reason) => !reason.startsWith('503'))
  const settled = points.filter(({ x }) => x > uploads * SETTLED)
  const climb = slope(settled) * 1000
  const [first, last] = [settled[0]?.y ?? Number.NaN, settled.at(-1)?.y ?? Number.NaN]
  return [
    {
      what: `Memory over ${uploads} uploads, ${CLIENTS} clients`,
      target: `climbs less than ${MAX_MB_PER_THOUSAND} MB in 1,000`,
      measured: `${climb.toFixed(2)} MB in 1,000 (${first.toFixed(0)} MB after a third, ${last.toFixed(0)} MB at the end, peak ${peakMb.toFixed(0)} MB); ${refused} refused`,
      // A few hundred uploads do not outlast the start.
      ok: faults.length > 0 ? false : quick ? null : climb < MAX_MB_PER_THOUSAND,
    },
  ]
}
