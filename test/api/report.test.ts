import t from 'tap'
import { shiftReport } from '../../api/features/reports/report.ts'

const NOW = new Date('2026-11-22T10:00:00Z')

t.test('of nothing, all zeros and PASS', async (t) => {
  t.strictSame(shiftReport([], { now: NOW }), {
    report_timestamp: '2026-11-22T10:00:00.000Z',
    report_type: 'shift_summary',
    model_version: '',
    total_inspected: 0,
    total_defects: 0,
    defect_rate_percent: 0,
    target_rate_percent: 0.18,
    rate_status: 'PASS',
    rate_variance: 0,
    by_defect_type: {},
    by_severity: {},
    by_production_stage: {},
    critical_count: 0,
    major_count: 0,
    requires_line_stop: false,
    unique_root_causes: [],
    top_problematic_stage: null,
    total_reasoning_tokens: 0,
    avg_reasoning_tokens_per_analysis: 0,
    defect_details: [],
    lots_to_quarantine: [],
  })
})

t.test('counts defects only, to three decimals', async (t) => {
  const good = { defect_detected: false, defect_type: 'unknown', severity: 'cosmetic', reasoning_tokens_used: 10 }
  const minor = { defect_detected: true, defect_type: 'blade_scratch', severity: 'minor', root_cause: 'grit' }
  const major = {
    defect_detected: true,
    defect_type: 'weld_defect',
    severity: 'major',
    probable_stage: 'bolster_welding',
    root_cause: 'arc',
    model_version: 'm2',
  }
  const report = shiftReport([...Array(697).fill({ ...good, model_version: 'm1' }), minor, major, major], { now: NOW })
  t.match(report, {
    model_version: 'm1, m2',
    total_inspected: 700,
    total_defects: 3,
    defect_rate_percent: 0.429,
    rate_status: 'FAIL',
    rate_variance: 0.249,
    by_defect_type: { weld_defect: 2, blade_scratch: 1 },
    by_severity: { major: 2, minor: 1 },
    by_production_stage: { bolster_welding: 2 },
    critical_count: 0,
    major_count: 2,
    requires_line_stop: false,
    unique_root_causes: ['grit', 'arc'],
    top_problematic_stage: 'bolster_welding',
    total_reasoning_tokens: 6970,
    avg_reasoning_tokens_per_analysis: 10,
  })
  t.notOk('unknown' in report.by_defect_type, 'good parts are in no breakdown')
  t.strictSame(
    report.defect_details.map(({ severity }) => severity),
    ['major', 'major', 'minor'],
    'the worst first',
  )
  t.equal(shiftReport([{ defect_detected: true, severity: 'critical' }], { now: NOW }).requires_line_stop, true)
})

t.test('exactly the target passes', async (t) => {
  const parts = Array.from({ length: 5000 }, (_, i) => ({ defect_detected: i < 9 }))
  t.match(shiftReport(parts, { now: NOW }), { defect_rate_percent: 0.18, rate_status: 'PASS', rate_variance: 0 })
})

t.test('odd values from clients neither fail nor pollute', async (t) => {
  const report = shiftReport([{ defect_detected: true, defect_type: '__proto__', severity: 'constructor' }], {
    now: NOW,
  })
  t.equal(Object.getPrototypeOf(report.by_defect_type), Object.prototype)
  t.equal(report.total_defects, 1)
})

t.test('the top stage is the most frequent one, whatever its name', async (t) => {
  const at = (probable_stage: string) => ({ defect_detected: true, probable_stage })
  const report = shiftReport([at('5'), at('blade_stamp'), at('blade_stamp'), at('__proto__')], { now: NOW })
  t.equal(report.top_problematic_stage, 'blade_stamp')
  t.strictSame(Object.entries(report.by_production_stage).sort(), [
    ['5', 1],
    ['__proto__', 1],
    ['blade_stamp', 2],
  ])
})
