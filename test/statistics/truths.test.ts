/** One sample day, counted by hand, against everything that counts or lists it, by each of the three words. */
import t from 'tap'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import type { ShiftReportBody } from '../../api/features/reports/schemas.ts'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import { startReviews } from '../reviews/support.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'

const { service, call, get, analyse, review } = await startReviews()
t.teardown(() => service.close())

const from = new Date(Date.now() - 60_000).toISOString()
const scratch = { ...rust, defect_type: 'blade_scratch', severity: 'minor' } as const
const polish = { ...rust, defect_type: 'polish_defect', severity: 'minor' } as const
const ng = (defect_type: string, severity: string) => ({ kind: 'correct', verdict: 'ng', defect_type, severity })
const flaw = { defect_detected: true, defect_type: 'blade_scratch', severity: 'cosmetic' }

/** What the analyzer finds, and then what a person says. */
const DAY: Record<string, [found: (typeof rust)[], said?: object, line?: string]> = {
  overruled: [[rust], { kind: 'correct', verdict: 'ok' }, 'L2'],
  confirmed: [[rust], { kind: 'confirm' }],
  corrected: [[rust], ng('blade_scratch', 'minor')],
  missed: [[], ng('blade_chip', 'major')],
  good: [[], { kind: 'confirm' }],
  unsure: [[rust], { kind: 'unsure' }],
  unseen: [[]],
  unseenBad: [[scratch]],
  doubtful: [[{ ...rust, confidence: 0.3 }]],
  tolerated: [[polish], { kind: 'correct', verdict: 'ok', ...flaw }],
  testShot: [[rust], { kind: 'void' }],
  otherLine: [[], undefined, 'L2'],
}

/** The same by hand: 12 photos, one of them a test shot. */
const COUNTED = {
  final: {
    inspected: 11,
    bad: ['confirmed', 'corrected', 'doubtful', 'missed', 'unseenBad', 'unsure'],
    critical: ['confirmed', 'doubtful', 'unsure'],
    scratched: ['corrected', 'tolerated', 'unseenBad'],
    types: { rust_spot: 3, blade_scratch: 2, blade_chip: 1 },
    severities: { critical: 3, major: 1, minor: 2 },
    passed: 5,
  },
  ai: {
    inspected: 11,
    bad: ['confirmed', 'corrected', 'doubtful', 'overruled', 'tolerated', 'unseenBad', 'unsure'],
    critical: ['confirmed', 'corrected', 'doubtful', 'overruled', 'unsure'],
    scratched: ['unseenBad'],
    types: { rust_spot: 5, blade_scratch: 1, polish_defect: 1 },
    severities: { critical: 5, minor: 2 },
    passed: 4,
  },
  human: {
    inspected: 6,
    bad: ['confirmed', 'corrected', 'missed'],
    critical: ['confirmed'],
    scratched: ['corrected', 'tolerated'],
    types: { rust_spot: 1, blade_scratch: 1, blade_chip: 1 },
    severities: { critical: 1, major: 1, minor: 1 },
    passed: 3,
  },
}

const names = new Map<string, string>()
for (const [name, [found, said, line_id = 'L1']] of Object.entries(DAY)) {
  const { defect_id } = await analyse(resultOf([...found]), { line_id })
  names.set(defect_id, name)
  if (said) {
    const answer = await review(defect_id, said)
    if (answer.status !== 201) throw new Error(await answer.text())
  }
}
const to = new Date(Date.now() + 60_000).toISOString()
const namesOf = (ids: readonly (string | null | undefined)[]) => ids.map((id) => names.get(id ?? '') ?? '?').toSorted()
const rateOf = (share: number, decimals: number) => Number((100 * share).toFixed(decimals))

const reportOf = async (body: object) =>
  (await bodyOf<{ report: ShiftReportBody }>(await call('POST', '/shift-report', body))).report
const textOf = async (path: string) => (await (await call('GET', path)).text()).slice(1).trim().split('\r\n')

for (const [truth, wanted] of Object.entries(COUNTED)) {
  t.test(`the sample day by the word: ${truth}`, async (t) => {
    const { inspected, bad, types, severities } = wanted

    const statistics = await get<StatisticsBody>(`/statistics?from=${from}&truth=${truth}`)
    t.match(statistics.figures, {
      inspected,
      defects: bad.length,
      critical: wanted.critical.length,
      defect_rate_percent: rateOf(bad.length / inspected, 4),
      first_pass_yield_percent: rateOf(wanted.passed / inspected, 4),
      photos: 11,
      human_confirmed: 6,
      waiting_for_review: 2,
    })
    t.strictSame(Object.fromEntries(statistics.by_defect_type.map((each) => [each.defect_type, each.defects])), types)
    const found = statistics.by_severity.filter(({ defects }) => defects > 0)
    t.strictSame(Object.fromEntries(found.map((each) => [each.severity, each.defects])), severities)

    const report = await reportOf({ from, to, truth })
    const counted = {
      total_inspected: inspected,
      total_defects: bad.length,
      defect_rate_percent: rateOf(bad.length / inspected, 3),
      critical_count: wanted.critical.length,
    }
    t.match(report, counted)
    t.strictSame(report.by_defect_type, types)
    t.strictSame(report.by_severity, severities)
    t.strictSame(namesOf(report.defect_details.map(({ defect_id }) => defect_id)), bad)

    const all = await get<{ analyses: AnalysisBody[] }>('/analyses?limit=100')
    const sentBack = await reportOf({ analyses: all.analyses, truth })
    t.match(sentBack, counted, 'the report of analyses that are sent')
    t.strictSame([sentBack.by_defect_type, sentBack.by_severity], [types, severities])

    const lines = await textOf(`/shift-report.csv?from=${from}&to=${to}&truth=${truth}`)
    for (const line of [`truth,${truth}`, `total_inspected,${inspected}`, `total_defects,${bad.length}`]) {
      t.ok(lines.includes(line), `report as CSV: ${line}`)
    }
    t.strictSame(namesOf(lines.flatMap((line) => /^DEF-[^,]+/.exec(line) ?? [])), bad)

    const listed = async (filter: string) => {
      const query = `truth=${truth}&voided=false&${filter}`
      const { analyses } = await get<{ analyses: AnalysisBody[] }>(`/analyses?limit=100&${query}`)
      const { count } = await get<{ count: number }>(`/analyses/count?${query}`)
      t.equal(count, analyses.length, `the count of ${filter}`)
      return namesOf(analyses.map(({ defect_id }) => defect_id))
    }
    t.equal((await listed('')).length, inspected)
    t.strictSame(await listed('defect_detected=true'), bad)
    t.equal((await listed('defect_detected=false')).length, inspected - bad.length)
    t.strictSame(await listed('severity=critical'), wanted.critical)
    t.strictSame(await listed('defect_type=blade_scratch'), wanted.scratched)

    const [head = '', ...records] = await textOf(`/analyses.csv?truth=${truth}&voided=false`)
    const column = head.split(',').indexOf('counted_as_defect')
    t.equal(records.length, inspected, 'a line for each in the CSV')
    const marked = records.map((line) => line.split(',')).filter((cells) => cells[column] === 'true')
    t.strictSame(namesOf(marked.map(([id]) => id)), bad, 'and the defects marked')
  })
}

t.test('without a word it is the final one, everywhere', async (t) => {
  t.match(await get('/statistics?period=today'), { truth: 'final' })
  t.match(await bodyOf(await call('POST', '/shift-report', { from, to })), { stored: { truth: 'final' } })
  const { critical, bad } = COUNTED.final
  t.match(await get('/analyses/count?voided=false&severity=critical'), { count: critical.length })
  t.match(await get('/analyses/count?voided=false&defect_detected=true'), { count: bad.length })
})

t.test('an overruled critical does not stop the line', async (t) => {
  const line = { from, to, line_id: 'L2' }
  t.match(await reportOf(line), { total_inspected: 2, total_defects: 0, requires_line_stop: false })
  t.match(await reportOf({ ...line, truth: 'ai' }), { total_defects: 1, requires_line_stop: true })
})

t.test('what the contract has of the model stays: the totals and the newest defects', async (t) => {
  t.match(await get('/stats'), { total_inspections: 11, total_defects: COUNTED.ai.bad.length })
  const { defects } = await get<{ defects: AnalysisBody[] }>('/defects')
  t.strictSame(namesOf(defects.map(({ defect_id }) => defect_id)), COUNTED.ai.bad)
})
