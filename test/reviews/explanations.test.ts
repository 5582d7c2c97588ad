import t from 'tap'
import type { StoredExplanation } from '../../api/domain/explanation.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import type { ShiftReportBody } from '../../api/features/reports/schemas.ts'
import { bodyOf } from '../support/http.ts'
import { rusty, startReviews } from './support.ts'

const { service, call, get, analyse, review, explain, signIn, keyWith } = await startReviews()
t.teardown(() => service.close())

const explained = async (answer: Promise<Response>): Promise<StoredExplanation | null> =>
  (await bodyOf<{ analysis: AnalysisBody }>(await answer)).analysis.explanation

t.test('who confirms the verdict confirms neither causes nor actions', async (t) => {
  const { defect_id, explanation } = await analyse(rusty())
  t.equal(explanation, null)
  await review(defect_id, { kind: 'confirm' })
  t.match(await get(`/analyses/${defect_id}`), { explanation: null, effective: { source: 'human' } })
})

t.test('causes and actions are confirmed as they stand, by whom and when', async (t) => {
  const { defect_id } = await analyse(rusty())
  const before = Date.now()
  const confirmed = await explained(explain(defect_id, {}))
  t.match(confirmed, {
    number: 1,
    edited: false,
    root_cause: 'Vacuum quench outside its window',
    five_why_chain: ['why 1', 'why 2', 'why 3', 'why 4', 'why 5'],
    corrective_actions: ['Quarantine the lot'],
    preventive_actions: ['Check the pump weekly'],
    language: 'en',
    person: 'Mei',
  })
  t.ok(Date.parse(confirmed?.confirmed_at ?? '') >= before - 1)
  const analysis = await get<AnalysisBody>(`/analyses/${defect_id}`)
  t.equal(analysis.effective.source, 'model', 'and the verdict stays as it was')
  t.same(analysis.explanation, confirmed)
})

t.test('they are rewritten in part or whole, and what the analyzer wrote stays beside it', async (t) => {
  const { defect_id } = await analyse(rusty())
  const edited = await explained(
    explain(defect_id, { root_cause: ' Door seal worn\u0000 ', corrective_actions: ['', 'Change the seal '] }),
  )
  t.match(edited, {
    edited: true,
    root_cause: 'Door seal worn',
    corrective_actions: ['Change the seal'],
    preventive_actions: ['Check the pump weekly'],
  })
  t.match(await get(`/analyses/${defect_id}`), { root_cause: 'Vacuum quench outside its window' })
  await explained(explain(defect_id, { root_cause: 'Seal cut', language: 'zh-Hans', after: edited?.id }))
  const { explanations } = await get<{ explanations: StoredExplanation[] }>(`/analyses/${defect_id}/explanations`)
  t.same(
    explanations.map(({ number, root_cause, language }) => [number, root_cause, language]),
    [
      [2, 'Seal cut', 'zh-Hans'],
      [1, 'Door seal worn', 'en'],
    ],
    'nothing of before is lost',
  )
})

t.test('of two people the second is told, and overwrites nothing silently', async (t) => {
  const { defect_id } = await analyse(rusty())
  const mei = await explained(explain(defect_id, { root_cause: 'Seal', after: null }))
  const refused = await explain(defect_id, { root_cause: 'Pump', after: null, person: 'Wu' })
  t.equal(refused.status, 409)
  t.match(await refused.json(), { type: /explained-meanwhile/, detail: /Mei confirmed/, errors: [{ field: 'after' }] })
  t.match(await get(`/analyses/${defect_id}`), { explanation: { root_cause: 'Seal', person: 'Mei' } })
  const both = await explained(explain(defect_id, { root_cause: 'Pump', after: mei?.id, person: 'Wu' }))
  t.match(both, { number: 2, root_cause: 'Pump', person: 'Wu' })

  const other = await analyse(rusty())
  const raced = await Promise.all(['A', 'B', 'C'].map((person) => explain(other.defect_id, { person, after: null })))
  t.same(raced.map(({ status }) => status).toSorted(), [200, 409, 409])
})

t.test('sent again where no answer came, it is one entry', async (t) => {
  const { defect_id } = await analyse(rusty())
  const said = { root_cause: 'Seal', after: null }
  const first = await explained(explain(defect_id, said))
  t.same(await explained(explain(defect_id, said)), first)
})

t.test('it needs a name and the right to analyse, and the name of a session counts', async (t) => {
  const { defect_id } = await analyse(rusty())
  t.equal((await call('PUT', `/analyses/${defect_id}/explanation`, {})).status, 400)
  t.equal((await explain(defect_id, {}, { 'x-api-key': await keyWith('read') })).status, 403)
  t.match(await explained(explain(defect_id, {}, await signIn('Lin'))), { person: 'Lin' })
})

t.test('what cannot be is refused by name', async (t) => {
  const good = await analyse()
  const fields = async (body: object, id = good.defect_id) => {
    const response = await explain(id, body)
    const { errors = [] } = (await response.json()) as { errors?: { field: string }[] }
    return [response.status, errors[0]?.field]
  }
  t.same(await fields({}), [400, 'root_cause'], 'of a good part there is nothing to confirm')
  t.same(await fields({ root_cause: 'x'.repeat(2001) }), [400, 'root_cause'])
  t.same(await fields({ other: 1 }), [400, 'body'])
  t.same(await fields({ root_cause: 'x', after: 'b7e3c1d2-0000-4000-8000-000000000000' }), [400, 'after'])
  t.equal((await fields({ root_cause: 'x' }, 'DEF-20260101-00000000'))[0], 404)
  t.match(
    await explained(explain(good.defect_id, { root_cause: 'x' })),
    { edited: true },
    'a missed defect can have one',
  )
})

t.test("report and CSV have the person's words, and say whose they are", async (t) => {
  const from = new Date(Date.now() - 60_000).toISOString()
  const { defect_id } = await analyse(rusty())
  await explain(defect_id, { root_cause: 'Door seal worn' })
  const reported = async (truth: string) => {
    const to = new Date(Date.now() + 60_000).toISOString()
    const answer = await call('POST', '/shift-report', { from, to, truth })
    const { report } = await bodyOf<{ report: ShiftReportBody }>(answer)
    return report.defect_details.find((defect) => defect.defect_id === defect_id)
  }
  t.match(await reported('final'), { root_cause: 'Door seal worn', causes_confirmed_by: 'Mei' })
  t.match(await reported('ai'), { root_cause: 'Vacuum quench outside its window', causes_confirmed_by: null })
  const csv = await (await call('GET', `/analyses.csv?text=${defect_id}`)).text()
  t.match(csv, /confirmed_root_cause,confirmed_corrective_actions/)
  t.match(csv, /,Door seal worn,Quarantine the lot,Check the pump weekly,Mei,2/)
})
