import t from 'tap'
import { DETECTORS, type Detection } from '../../api/analyzers/local/detector.ts'
import type { Inspection } from '../../api/analyzers/local/inspect.ts'
import { localTranslator } from '../../api/analyzers/local/translate.ts'
import { toResult } from '../../api/analyzers/local/verdict.ts'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { DEFECT_TYPES, LANGUAGES, type Language } from '../../api/domain/vocabulary.ts'

const size = { width: 300, height: 300 }
/** One for each detector, type and place, with figures that no two have in common. */
const detections = DEFECT_TYPES.flatMap(({ code }, i) =>
  DETECTORS.map(
    (detector, j): Detection => ({
      detector,
      defect_type: code,
      severity: 'major',
      affected_area: 'blade',
      box: { x: 100 * (i % 3), y: 100 * (j % 3), width: 10, height: 10 },
      score: 1.03 + 2.17 * i + 0.31 * j,
      threshold: 0.07 + 0.11 * j,
    }),
  ),
)
const looks = ['all', 'outline', 'surface', 'lay'] as const
const inspections: Inspection[] = [
  ...detections.map((detection) => ({ detections: [detection] })),
  { detections: detections.slice(0, 2) },
  { detections: detections.slice(0, 9) },
  ...looks.flatMap((looked) =>
    DETECTORS.map((detector, i) => ({ detections: [], looked, nearest: { detector, ratio: 0.1 * i } })),
  ),
  { detections: [], kind: 'blank' as const },
].map((part) => ({ kind: 'object', looked: 'all', nearest: null, ...part }) as Inspection)

/** Every text of a result, in order. */
function textsIn(inspection: Inspection, language: Language): string[] {
  const result = toResult(inspection, size, size, language, 'local-cv-1')
  const { description, findings, root_cause, contributing_factors, corrective_actions, preventive_actions } = result
  const described = findings.map((finding) => finding.description)
  return [
    description,
    ...described,
    root_cause,
    ...contributing_factors,
    ...corrective_actions,
    ...preventive_actions,
  ].filter(Boolean)
}

t.test('A translation equals the text written in that language directly', async (t) => {
  for (const from of LANGUAGES) {
    for (const to of LANGUAGES) {
      const translate = localTranslator(from, to)
      const wrong = inspections.filter(
        (inspection) => textsIn(inspection, from).map(translate).join('\n') !== textsIn(inspection, to).join('\n'),
      )
      t.same(wrong, [], `${from} to ${to}, of ${inspections.length}`)
    }
  }
})

t.test('Foreign text is rejected, whatever it begins with', async (t) => {
  const translate = localTranslator('en', 'zh-Hans')
  const own = textsIn(inspections[0] as Inspection, 'en')[0]
  t.ok(translate(own ?? ''))
  for (const text of ['A scratch along the blade', `${own} And a scratch.`, '图像左上方有暗斑']) {
    try {
      t.fail(translate(text))
    } catch (error) {
      t.ok(error instanceof AnalyzerError && error.failure === 'untranslatable', text)
    }
  }
})
