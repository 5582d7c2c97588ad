import sharp from 'sharp'
import t from 'tap'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

const analyzer = scriptedAnalyzer()
const service = await startService({}, { analyzer })
t.teardown(() => service.close())
t.beforeEach(() => {
  analyzer.answer = () => resultOf()
  analyzer.inputs.length = 0
})

const post = (body: FormData | string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body, headers })

t.test('details as long as they may be, in a script of four bytes a character, fit every index', async (t) => {
  const rare = () => String.fromCodePoint(0x20_000 + Math.floor(Math.random() * 40_000))
  const longest = () => Array.from({ length: 100 }, rare).join('')
  const names = ['part_id', 'station', 'line_id', 'shift', 'lot', 'operator', 'event_id']
  const details = Object.fromEntries(names.map((name) => [name, longest()]))
  const response = await post(photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang', ...details }))
  t.equal(response.status, 200)
  t.match(await analysisOf(response), details)
})

t.test('a camera that posts octet-stream parts and extra fields gets the documented answer', async (t) => {
  analyzer.answer = () => resultOf([rust])
  const form = photoForm(await photo(), {
    product_sku: ' wk-kn-200 ',
    facility: ' Yangjiang',
    production_data: '{"quench_c": 640}',
    station: 'S4',
    line_id: 'L2',
    shift: 'night',
    lot: 'A-17',
    operator: '李明',
    event_id: 'evt-1',
    part_id: 'P-9',
    firmware: 'ignored',
  })
  const response = await post(form)
  t.equal(response.status, 200)
  const { success, analysis } = await bodyOf<{ success: boolean; analysis: AnalysisBody }>(response)
  t.equal(success, true)
  t.match(analysis, {
    defect_id: /^DEF-\d{8}-[0-9A-F]{8}$/,
    facility: 'yangjiang',
    product_sku: 'WK-KN-200',
    defect_detected: true,
    defect_type: 'rust_spot',
    severity: 'critical',
    confidence: 0.9,
    affected_area: 'blade',
    bounding_box: { x: 10, y: 20, width: 30, height: 15 },
    probable_stage: 'vacuum_quench',
    root_cause: 'Vacuum quench outside its window',
    five_why_chain: ['why 1', 'why 2', 'why 3', 'why 4', 'why 5'],
    contributing_factors: ['humidity'],
    ishikawa_analysis: { machine: 'pump', environment: 'humid' },
    corrective_actions: ['Quarantine the lot'],
    preventive_actions: ['Check the pump weekly'],
    reasoning_tokens_used: 7,
    model_version: 'scripted-1',
    defects: [{ defect_type: 'rust_spot' }],
    verdict: 'ng',
    image_width: 320,
    image_height: 240,
    language: 'en',
    duplicate: false,
    cost_usd: 0.001,
    production_data: { quench_c: 640 },
    station: 'S4',
    operator: '李明',
    part_id: 'P-9',
    file_name: 'part.jpg',
  })
  t.equal(new Date(analysis.timestamp).toISOString(), analysis.timestamp)
  const rows = await service.database.db.select().from(analyses)
  const row = rows.find(({ defectId }) => defectId === analysis.defect_id)
  t.match(row, { imageS3Key: /^analyses\//, eventId: 'evt-1', lot: 'A-17', lineId: 'L2', shift: 'night' })
})

t.test('a client that posts JSON with base64, and one with a data URL', async (t) => {
  const body = { product_sku: 'WK-SC-200', facility: 'SHENZHEN', production_data: { speed: 3 } }
  const headers = { 'content-type': 'application/json' }
  const base64 = (await photo()).toString('base64')
  const plain = await post(JSON.stringify({ ...body, image: base64 }), headers)
  t.equal(plain.status, 200)
  t.match(await plain.json(), { analysis: { facility: 'shenzhen', production_data: { speed: 3 }, file_name: null } })
  const url = `data:image/jpeg;base64,${(await photo()).toString('base64')}`
  t.equal((await post(JSON.stringify({ ...body, image: url }), headers)).status, 200)
})

t.test('a good part has the neutral codes, and low confidence or a repair goes to a person', async (t) => {
  const verdict = async (result: Parameters<typeof resultOf>) => {
    analyzer.answer = () => resultOf(...result)
    return analysisOf(await post(photoForm(await photo())))
  }
  t.match(await verdict([]), {
    verdict: 'ok',
    defect_detected: false,
    defect_type: 'unknown',
    severity: 'cosmetic',
    bounding_box: null,
    ishikawa_analysis: null,
    probable_stage: null,
    defects: [],
  })
  t.match(await verdict([[], { confidence: 0.59 }]), { verdict: 'review', defect_detected: false })
  t.match(await verdict([[rust], { repaired: true }]), { verdict: 'review', defect_detected: true })
})

t.test('the same picture is answered from the store, but only for the same product and language', async (t) => {
  const bytes = await photo()
  const ask = async (fields: Record<string, string> = {}) => {
    const response = await post(photoForm(bytes, { product_sku: 'WK-KN-150', facility: 'yangjiang', ...fields }))
    return analysisOf(response)
  }
  const first = await ask()
  const second = await ask()
  t.equal(first.duplicate, false)
  t.match(second, { duplicate: true, defect_id: first.defect_id })
  t.equal(analyzer.inputs.length, 1)
  t.match(await ask({ product_sku: 'WK-KN-100' }), { duplicate: false })
  t.match(await ask({ language: 'zh-Hans' }), { duplicate: false })
  t.match(await ask({ reanalyze: 'true' }), { duplicate: false })
  t.equal(analyzer.inputs.at(-1)?.language, 'en')
  const { total_inspections } = await bodyOf<{ total_inspections: number }>(await fetch(`${service.url}/api/v1/stats`))
  const rows = await service.database.db.select().from(analyses)
  t.equal(total_inspections, rows.length)
})

t.test('an EXIF-rotated photo is analysed, shown and boxed upright', async (t) => {
  const rotated = await sharp(await photo(400, 200))
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const analysis = await analysisOf(await post(photoForm(rotated)))
  t.match(analysis, { image_width: 200, image_height: 400 })
  t.match(analyzer.inputs[0]?.image, { width: 200, height: 400 })
  const shown = await sharp(Buffer.from(await (await fetch(analysis.image_url)).arrayBuffer())).metadata()
  t.match(shown, { format: 'jpeg', width: 200, height: 400 })
  t.equal(shown.exif, undefined)
  const thumbnail = await sharp(Buffer.from(await (await fetch(analysis.thumbnail_url)).arrayBuffer())).metadata()
  t.equal(thumbnail.height, 320)
})

t.test('NUL, lone surrogates and odd names neither fail nor reach the store', async (t) => {
  analyzer.answer = () => resultOf([{ ...rust, description: 'a\0b\ud800c' }])
  const form = photoForm(
    await photo(),
    { product_sku: 'WK-KN-200', facility: 'yangjiang', operator: 'x\0y', production_data: '{"a\\u0000":"\\ud800"}' },
    { fileName: '..\\..\\<img onerror=1>\r\n\u202e.jpg' },
  )
  const response = await post(form)
  t.equal(response.status, 200)
  const analysis = await analysisOf(response)
  t.equal(analysis.description, 'ab\ufffdc')
  t.equal(analysis.operator, 'xy')
  t.notMatch(analysis.file_name, /[\\/\r\n]/)
})
