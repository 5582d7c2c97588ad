import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { photo, photoForm } from '../support/photos.ts'
import { testFolder } from '../support/service.ts'
import { memoryOf, spawnFake, spawnService } from './processes.ts'

/** Public files that broke decoders, with what an upload API should do with each (manifest.json). */
const FOLDER = resolve(import.meta.dirname, '../../../shared/images/hostile')
const skip = existsSync(FOLDER) ? false : 'shared/images is not here'

/** Megabytes that the process may have more after the set than before. */
const MEMORY_MB = 300

interface Item {
  file: string
  what: string
  want: 'accept' | 'reject' | 'either'
}

t.test('the hostile files as uploads', { skip }, async (t) => {
  const items: Item[] = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).items
  const folder = testFolder()
  const fake = await spawnFake()
  const service = spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder.path,
    RATE_LIMIT_PER_IP: '100000',
    ...fake.env,
  })
  t.teardown(async () => {
    await service.stop()
    await fake.stop()
    folder.remove()
  })
  const origin = await service.listening
  const upload = (bytes: Buffer) =>
    fetch(`${origin}/api/v1/analyze`, {
      method: 'POST',
      body: photoForm(bytes, undefined, { fileName: 'x.jpg', type: 'image/jpeg' }),
    })

  let stored = 0
  for (; stored < 10; stored++) t.equal((await upload(await photo(1152, 864))).status, 200)
  const before = memoryOf(service.pid, 'VmRSS')

  for (const { file, what, want } of items) {
    const response = await upload(readFileSync(join(FOLDER, file)))
    const answer = (await response.json()) as { detail?: string; analysis?: { duplicate: boolean } }
    const said = `${file} (${what}): ${response.status} ${answer.detail ?? ''}`
    if (response.status === 200) {
      t.not(want, 'reject', said)
      if (!answer.analysis?.duplicate) stored++
    } else {
      t.ok(response.status >= 400 && response.status < 500, said)
      t.match(response.headers.get('content-type'), /^application\/problem\+json/, said)
      t.not(want, 'accept', said)
    }
  }

  t.equal(service.process.exitCode, null, 'the same process is alive')
  const stats = (await (await fetch(`${origin}/api/v1/stats`)).json()) as { total_inspections: number }
  t.equal(stats.total_inspections, stored, 'a row for each that was accepted, none for the others')
  let images = 0
  for await (const _ of createFolderStore(join(folder.path, 'images')).list()) images++
  t.equal(images, stored, 'and an image')

  for (let more = 0; more < 10; more++) await upload(await photo(1152, 864))
  const after = memoryOf(service.pid, 'VmRSS')
  const peak = memoryOf(service.pid, 'VmHWM')
  t.comment(`memory ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after, ${peak.toFixed(0)} MB at most`)
  t.notOk(after > before + MEMORY_MB, `memory is back: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`)
  t.equal(await service.stop(), 0)
})
