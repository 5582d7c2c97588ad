/** The search field finds what people call a thing, in their language, beside the text that holds it. */
import t from 'tap'
import { TERMS } from '../../api/domain/glossary.ts'
import type { Finding } from '../../api/domain/verdict.ts'
import { DEFECT_TYPES, LANGUAGES, PRODUCTION_STAGES, SEVERITIES } from '../../api/domain/vocabulary.ts'
import { codesNamed } from '../../api/features/vocabulary/named.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

/** Texts that name nothing, so that only the codes can be found. */
const plain: Finding = { ...rust, description: 'Seen' }
const SILENT = { description: 'Seen', root_cause: '', probable_stage: null }
const analyzer = scriptedAnalyzer()
const service = await startService({ RATE_LIMIT_PER_IP: '1000' }, { analyzer })
t.teardown(() => service.close())
const api = `${service.url}/api/v1`

async function analyse(lineId: string, findings: Finding[], stage: (typeof PRODUCTION_STAGES)[number]['code'] | null) {
  analyzer.answer = () => resultOf(findings, { ...SILENT, probable_stage: stage })
  const body = photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang', line_id: lineId })
  return analysisOf(await fetch(`${api}/analyze`, { method: 'POST', body }))
}
await analyse('L6', [{ ...plain, defect_type: 'blade_chip', severity: 'major' }], 'cutting_edge_honing')
const rusty = await analyse('line-7', [{ ...plain, defect_type: 'rust_spot', severity: 'critical' }], 'vacuum_quench')
await analyse('61', [], null)

const found = async (text: string, more = '') => {
  const answer = await fetch(`${api}/analyses?text=${encodeURIComponent(text)}${more}`)
  const { analyses } = await bodyOf<{ analyses: { line_id: string }[] }>(answer)
  return analyses.map(({ line_id }) => line_id).sort()
}

t.test('a defect type, a severity and a stage are found by their names in three languages', async (t) => {
  for (const text of ['chip', 'Chips', 'BLADE CHIP', 'blade_chip', '崩刃', '崩口', '崩'])
    t.same(await found(text), ['L6'], text)
  for (const text of ['rust', '锈点', '鏽點', 'rust spots']) t.same(await found(text), ['line-7'], text)
  for (const text of ['critical', '致命']) t.same(await found(text), ['line-7'], text)
  for (const text of ['major', '严重', '嚴重']) t.same(await found(text), ['L6'], text)
  for (const text of ['honing', 'cutting edge', '开刃', '開刃', '开锋']) t.same(await found(text), ['L6'], text)
  for (const text of ['quench', '真空淬火']) t.same(await found(text), ['line-7'], text)
})

t.test('a line is found however its name is written', async (t) => {
  for (const text of ['line 6', 'Line-6', 'line 06', '6号线', '6 號線', '产线6', '生產線 6']) {
    t.same(await found(text), ['L6'], text)
  }
  for (const text of ['line 7', '7号线']) t.same(await found(text), ['line-7'], text)
  t.same(await found('line'), ['line-7'], 'the word alone is text')
})

t.test('a part of a word, few letters and a name that nothing has find no more than the text does', async (t) => {
  for (const text of ['hip', 'ru', 'heat treatment', '手柄', '%', '']) {
    t.same(await found(text), text === '' ? ['61', 'L6', 'line-7'] : [], text)
  }
})

t.test('names go by whose word the list goes by, and other filters hold beside', async (t) => {
  const response = await fetch(`${api}/analyses/${rusty.defect_id}/reviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      person: 'Li Na',
      kind: 'correct',
      verdict: 'ng',
      defect_type: 'blade_chip',
      severity: 'minor',
    }),
  })
  t.equal(response.status, 201, await response.text())
  t.same(await found('chip'), ['L6', 'line-7'])
  t.same(await found('rust'), [])
  t.same(await found('rust', '&truth=ai'), ['line-7'])
  t.same(await found('chip', '&truth=human'), ['line-7'])
  t.same(await found('chip', '&severity=minor'), ['line-7'])
  const csv = await (await fetch(`${api}/analyses.csv?text=${encodeURIComponent('崩刃')}`)).text()
  t.equal(csv.trim().split('\n').length, 3, 'the heading and both')
  t.match(await bodyOf(await fetch(`${api}/analyses/count?text=chip`)), { count: 2 })
})

t.test('every word of the vocabulary names its code, without a list of its own', async (t) => {
  const codes = { defectTypes: DEFECT_TYPES, severities: SEVERITIES, stages: PRODUCTION_STAGES }
  for (const [kind, list] of Object.entries(codes) as [keyof typeof codes, readonly { code: string }[]][]) {
    for (const { code } of list.filter(({ code }) => code in TERMS)) {
      const term = TERMS[code as keyof typeof TERMS]
      for (const name of [...LANGUAGES.map((language) => term[language]), ...(term.avoid ?? [])]) {
        t.ok(codesNamed(name)[kind].includes(code), `${name}: ${code}`)
      }
    }
  }
})
