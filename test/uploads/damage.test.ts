/** Photos with random damage, sent to a process of its own: it answers each of them, and lives. */
import sharp from 'sharp'
import t from 'tap'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { processStage } from '../support/process-stage.ts'

const UPLOADS = 2000
const AT_A_TIME = 4
/** The service answers about 60 a second on one slow core. */
const TIME_MS = 240_000

/** Park and Miller's generator: the same damage each time, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Twenty good pictures in all the forms that are accepted. */
async function goods(): Promise<Buffer[]> {
  const pictures: Buffer[] = []
  for (let i = 0; i < 4; i++) {
    const picture = sharp(await photo(160 + 16 * i, 120))
    pictures.push(
      await picture
        .clone()
        .jpeg({ progressive: i % 2 === 0 })
        .toBuffer(),
      await picture.clone().toColourspace('cmyk').jpeg().toBuffer(),
      await picture.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      await picture
        .clone()
        .png({ palette: i % 2 === 0 })
        .toBuffer(),
      await picture
        .clone()
        .webp({ lossless: i % 2 === 0 })
        .toBuffer(),
    )
  }
  return pictures
}

t.test('U15 2,000 damaged pictures: no 5xx, and the process lives', { timeout: TIME_MS }, async (t) => {
  const { origin, service } = await processStage(t)
  const pictures = await goods()
  const next = random(20_261_123)
  const damaged = (round: number): Buffer => {
    const bytes = Buffer.from(pictures[round % pictures.length] ?? [])
    for (let flips = 1 + next(8); flips > 0; flips--) bytes[next(bytes.length)] = next(256)
    return round % 3 === 0 ? bytes.subarray(0, next(bytes.length)) : bytes
  }
  const statuses = new Map<number, number>()
  const faults: string[] = []
  let round = 0
  async function send(): Promise<void> {
    while (round < UPLOADS) {
      const turn = round++
      const response = await fetch(`${origin}/api/v1/analyze`, { method: 'POST', body: photoForm(damaged(turn)) })
      const text = await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      if (response.status >= 500) faults.push(`round ${turn}: ${response.status} ${text}`)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, send))
  t.comment(JSON.stringify(Object.fromEntries(statuses)))
  t.same(faults.slice(0, 5), [])
  t.ok((statuses.get(422) ?? 0) > UPLOADS / 4, 'much of it was beyond repair')
  t.equal(service.process.exitCode, null, 'the same process is alive')
  t.equal((await fetch(`${origin}/health`)).status, 200)
  t.equal(await service.stop(), 0)
})
