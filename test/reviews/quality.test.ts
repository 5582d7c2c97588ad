import t from 'tap'
import type { QualityBody } from '../../api/features/reviews/quality-schemas.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { rusty, startReviews } from './support.ts'

const { service, get, analyse, review } = await startReviews()
t.teardown(() => service.close())

const scratch = resultOf([{ ...rust, defect_type: 'blade_scratch', severity: 'minor', confidence: 1 }])
const good = (confidence = 0.95) => resultOf([], { confidence })
const none = { precision: null, precision_interval: null, recall: null, recall_interval: null }

t.test('of nothing, no figure is made up', async (t) => {
  const quality = await get<QualityBody>('/quality')
  t.match(quality, {
    analyses: 0,
    judged: 0,
    unsure: 0,
    share_judged: null,
    detection: { ...none, agreement: null, agreement_interval: null, true_positives: 0, true_negatives: 0 },
    by_defect_type: [],
    confusion: [],
    model_versions: [],
  })
  t.equal(quality.calibration.length, 10)
  t.ok(
    quality.calibration.every(
      (bin) => bin.share_confirmed === null && bin.interval === null && bin.mean_confidence === null,
    ),
  )
})

t.test('ten parts, counted by hand', async (t) => {
  const judge = async (result: ReturnType<typeof resultOf>, ...bodies: object[]) => {
    const { defect_id } = await analyse(result)
    for (const body of bodies) t.equal((await review(defect_id, body)).status, 201)
  }
  const confirm = { kind: 'confirm' }
  await judge(rusty(0.95), confirm)
  await judge(rusty(0.9), { kind: 'correct', verdict: 'ng', defect_type: 'blade_scratch', severity: 'minor' })
  // Under REVIEW_BELOW: the model's verdict is review, what it found counts.
  await judge(rusty(0.55), { kind: 'correct', verdict: 'ok' })
  await judge(good(), confirm)
  // Only the newest of a part counts, and who voids and reinstates has not judged it.
  await judge(good(), { kind: 'unsure' }, confirm, { kind: 'void' }, { kind: 'reinstate' })
  await judge(good(0.72), { kind: 'correct', verdict: 'ng', defect_type: 'rust_spot', severity: 'critical' })
  await judge(scratch, confirm)
  await judge(rusty(0.85), confirm, { kind: 'unsure' })
  await judge(rusty(0.85), confirm, { kind: 'void' })
  await judge(good())
  await judge(good(), { kind: 'correct', product_sku: 'WK-KN-150' })

  const quality = await get<QualityBody>('/quality')
  t.match(quality, { analyses: 10, judged: 7, unsure: 1, share_judged: 0.7 })
  t.strictSame(quality.detection, {
    true_positives: 3,
    false_positives: 1,
    false_negatives: 1,
    true_negatives: 2,
    precision: 0.75,
    precision_interval: { low: 0.3006, high: 0.9544 },
    recall: 0.75,
    recall_interval: { low: 0.3006, high: 0.9544 },
    agreement: 0.7143,
    agreement_interval: { low: 0.3589, high: 0.9178 },
  })
  t.strictSame(quality.by_defect_type, [
    {
      defect_type: 'rust_spot',
      true_positives: 1,
      false_positives: 2,
      false_negatives: 1,
      precision: 0.3333,
      precision_interval: { low: 0.0615, high: 0.7923 },
      recall: 0.5,
      recall_interval: { low: 0.0945, high: 0.9055 },
    },
    {
      defect_type: 'blade_scratch',
      true_positives: 1,
      false_positives: 0,
      false_negatives: 1,
      precision: 1,
      precision_interval: { low: 0.2065, high: 1 },
      recall: 0.5,
      recall_interval: { low: 0.0945, high: 0.9055 },
    },
  ])
  t.strictSame(quality.confusion[0], { model: null, person: null, count: 2 })
  t.strictSame(
    quality.confusion
      .slice(1)
      .map(({ model, person, count }) => `${model} ${person} ${count}`)
      .sort(),
    [
      'blade_scratch blade_scratch 1',
      'null rust_spot 1',
      'rust_spot blade_scratch 1',
      'rust_spot null 1',
      'rust_spot rust_spot 1',
    ],
  )
  // By the formula in Wilson's paper, worked out apart from the code: of 1 in 2 it is 9.5 to 90.5 %, of 0 in 1 up to 79.3 %.
  const ofOne = { low: 0, high: 0.7935 }
  const ofFive = { low: 0.3755, high: 0.9638 }
  const filled = quality.calibration.filter(({ count }) => count > 0)
  t.strictSame(filled, [
    { from: 0.5, to: 0.6, count: 1, confirmed: 0, share_confirmed: 0, interval: ofOne, mean_confidence: 0.55 },
    { from: 0.7, to: 0.8, count: 1, confirmed: 0, share_confirmed: 0, interval: ofOne, mean_confidence: 0.72 },
    { from: 0.9, to: 1, count: 5, confirmed: 4, share_confirmed: 0.8, interval: ofFive, mean_confidence: 0.95 },
  ])
})

t.test('a type that only the model, or only a person named', async (t) => {
  const { defect_id, timestamp } = await analyse(scratch, { facility: 'shenzhen' })
  await review(defect_id, { kind: 'correct', verdict: 'ng', defect_type: 'weld_defect' })
  const { by_defect_type } = await get<QualityBody>('/quality?facility=shenzhen')
  t.match(
    by_defect_type.toSorted((a, b) => (a.defect_type < b.defect_type ? -1 : 1)),
    [
      { defect_type: 'blade_scratch', false_positives: 1, precision: 0, recall: null },
      { defect_type: 'weld_defect', false_negatives: 1, precision: null, recall: 0 },
    ],
  )
  const judged = async (filter: string) => (await get<QualityBody>(`/quality?${filter}`)).judged
  t.equal(await judged(`from=${timestamp}`), 1)
  t.equal(await judged(`to=${timestamp}`), 7)
  t.equal(await judged('facility=hongkong'), 0)
  t.equal(await judged('model_version=scripted-1'), 8)
  t.strictSame((await get<QualityBody>('/quality?model_version=scripted-2')).model_versions, [
    { model_version: 'scripted-1', judged: 8 },
  ])
  t.equal(await judged('model_version=scripted-2'), 0)
  t.equal(await judged('product_sku=WK-KN-150'), 0)
  await review(defect_id, { kind: 'correct', product_sku: 'WK-KN-150' })
  t.equal(await judged('product_sku=WK-KN-150'), 1, 'under the corrected SKU')
})
