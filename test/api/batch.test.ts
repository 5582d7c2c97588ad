import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({ BATCH_TIMEOUT: '2', MAX_IMAGE_SIZE_MB: '1' }, { analyzer })
t.teardown(() => service.close())
t.beforeEach(() => {
  analyzer.answer = () => resultOf()
})

async function postBatch(files: Buffer[], fields: Record<string, string> = { product_sku: 'WK-KN-200' }) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const [i, file] of files.entries()) form.append('images', new Blob([new Uint8Array(file)]), `part-${i}.jpg`)
  return fetch(`${service.url}/api/v1/analyze/batch`, { method: 'POST', body: form })
}

t.test('refused files are listed and the rest is analysed', async (t) => {
  let call = 0
  analyzer.answer = () => resultOf(call++ === 0 ? [rust] : [])
  const tooBig = Buffer.alloc(1_100_000, 7)
  const response = await postBatch([await photo(), Buffer.from('text'), await photo(), tooBig])
  t.equal(response.status, 200)
  const body = await response.json()
  t.match(body, {
    success: true,
    count: 2,
    analyses: [{ facility: 'yangjiang', file_name: 'part-0.jpg' }, { file_name: 'part-2.jpg' }],
    failures: [
      { index: 1, filename: 'part-1.jpg', error: /JPEG/ },
      { index: 3, filename: 'part-3.jpg', error: /larger than 1 MB/ },
    ],
    summary: { report_type: 'shift_summary', total_inspected: 2, total_defects: 1, requires_line_stop: true },
  })
})

t.test('all refused is a 400 that names each file', async (t) => {
  const response = await postBatch([Buffer.from('a'), Buffer.from('b')])
  t.equal(response.status, 400)
  t.match(await response.json(), { success: false, errors: [{ field: /images\[0\]/ }, { field: /images\[1\]/ }] })
})

t.test('none, and one too many', async (t) => {
  const none = await postBatch([])
  t.equal(none.status, 400)
  t.match(await none.json(), { detail: /images is missing/ })
  const many = await postBatch(await Promise.all(Array.from({ length: 51 }, () => photo(32, 32))))
  t.equal(many.status, 400)
  t.match(await many.json(), { detail: /51 files; send at most 50/ })
})

t.test('what is not done at the deadline is listed as timed out', async (t) => {
  let call = 0
  analyzer.answer = async ({ signal }) => {
    if (call++ === 0) return resultOf()
    await sleep(30_000, undefined, { signal }).catch(() => undefined)
    throw new AnalyzerError('aborted', 'gone')
  }
  const response = await postBatch([await photo(), await photo(), await photo()])
  t.equal(response.status, 200)
  t.match(await response.json(), {
    count: 1,
    failures: [{ error: /[Tt]imed out/ }, { error: /[Tt]imed out/ }],
  })
})

t.test('where the model fails all, its status says so', async (t) => {
  analyzer.answer = () => {
    throw new AnalyzerError('unavailable', 'The model does not answer')
  }
  const response = await postBatch([await photo(), await photo()])
  t.equal(response.status, 502)
})

t.test('spooled files are gone afterwards', async (t) => {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith('wiko-batch-'))
  t.strictSame(left, [])
})
