import { and, count, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { analyses } from '../../../drizzle/schema.ts'
import type { Db } from '../../database/database.ts'
import type { DefectType } from '../../domain/vocabulary.ts'
import { conditions } from '../analyses/queries.ts'
import type { QualityBody, QualityFilters } from './quality-schemas.ts'
import { estimateRecall } from './recall.ts'
import { columnsOf } from './verdict-source.ts'
import { interval, ratio } from './wilson.ts'

const BINS = 10
const MAX_VERSIONS = 50

/** Judged analyses of which model and person say the same, in one bin of confidence. Null: no defect. */
export interface JudgedGroup {
  model: DefectType | null
  person: DefectType | null
  /** From 0; null where the model gave no confidence. */
  bin: number | null
  count: number
  confidenceSum: number
}

/** The figures of a table of two by two, true negatives aside. */
function scored(groups: readonly JudgedGroup[], holds: (type: DefectType | null) => boolean) {
  const sum = (wanted: (group: JudgedGroup) => boolean) => total(groups.filter(wanted))
  const true_positives = sum(({ model, person }) => holds(model) && holds(person))
  const false_positives = sum(({ model, person }) => holds(model) && !holds(person))
  const false_negatives = sum(({ model, person }) => !holds(model) && holds(person))
  return {
    true_positives,
    false_positives,
    false_negatives,
    precision: ratio(true_positives, true_positives + false_positives),
    precision_interval: interval(true_positives, true_positives + false_positives),
    recall: ratio(true_positives, true_positives + false_negatives),
    recall_interval: interval(true_positives, true_positives + false_negatives),
  }
}

const total = (groups: readonly JudgedGroup[]): number => groups.reduce((sum, { count }) => sum + count, 0)

function confusion(groups: readonly JudgedGroup[]): QualityBody['confusion'] {
  const pairs = new Map<string, QualityBody['confusion'][number]>()
  for (const { model, person, count } of groups) {
    const pair = pairs.get(`${model} ${person}`) ?? { model, person, count: 0 }
    pair.count += count
    pairs.set(`${model} ${person}`, pair)
  }
  return [...pairs.values()].toSorted((a, b) => b.count - a.count)
}

function calibration(groups: readonly JudgedGroup[]): QualityBody['calibration'] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = groups.filter((group) => group.bin === bin)
    const count = total(inside)
    const confirmed = total(inside.filter(({ model, person }) => model === person))
    const confidence = inside.reduce((sum, { confidenceSum }) => sum + confidenceSum, 0)
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count,
      confirmed,
      share_confirmed: ratio(confirmed, count),
      interval: interval(confirmed, count),
      mean_confidence: ratio(confidence, count),
    }
  })
}

/** The figures of judged analyses; the schema Quality states the formulas. */
export function qualityOf(
  groups: readonly JudgedGroup[],
  all: Pick<QualityBody, 'analyses' | 'unsure' | 'recall_estimate' | 'model_versions'>,
): QualityBody {
  const judged = total(groups)
  const detection = scored(groups, (type) => type !== null)
  const true_negatives = judged - detection.true_positives - detection.false_positives - detection.false_negatives
  const agreed = detection.true_positives + true_negatives
  const types = new Set(groups.flatMap(({ model, person }) => [model, person]).filter((type) => type !== null))
  const named = (row: { true_positives: number; false_positives: number; false_negatives: number }) =>
    row.true_positives + row.false_positives + row.false_negatives
  return {
    ...all,
    judged,
    share_judged: ratio(judged, all.analyses),
    detection: {
      ...detection,
      true_negatives,
      agreement: ratio(agreed, judged),
      agreement_interval: interval(agreed, judged),
    },
    by_defect_type: [...types]
      .map((defect_type) => ({ defect_type, ...scored(groups, (type) => type === defect_type) }))
      .toSorted((a, b) => named(b) - named(a)),
    confusion: confusion(groups),
    calibration: calibration(groups),
  }
}

/** What the model and people said, of the stored results that the filters select. */
export async function storedQuality(db: Db, { model_version, ...filters }: QualityFilters): Promise<QualityBody> {
  // What could not be judged has no confidence: neither right nor wrong.
  const judged = isNotNull(analyses.confidence)
  const ofAnyVersion: SQL[] = [...conditions(filters), sql`not ${analyses.voided}`, judged]
  const selected = model_version ? [...ofAnyVersion, eq(analyses.modelVersion, model_version)] : ofAnyVersion
  const { confidence, reviewedVerdict, modelVersion } = analyses
  const [[all], versions, recall_estimate, rows] = await Promise.all([
    db
      .select({ total: count() })
      .from(analyses)
      .where(and(...selected)),
    db
      .select({ model_version: sql<string>`coalesce(${modelVersion}, '')`, judged: count() })
      .from(analyses)
      .where(and(...ofAnyVersion, inArray(reviewedVerdict, ['ok', 'ng'])))
      .groupBy(modelVersion)
      .orderBy(desc(count()), modelVersion)
      .limit(MAX_VERSIONS),
    estimateRecall(db, selected),
    db
      .select({
        unsure: sql<boolean>`${reviewedVerdict} = 'review'`,
        model: sql<DefectType | null>`${columnsOf('ai').type}`,
        person: analyses.reviewedType,
        bin: sql<
          number | null
        >`least(floor(${confidence} * ${sql.raw(String(BINS))}), ${sql.raw(String(BINS - 1))})::int`,
        count: count(),
        confidenceSum: sql<number>`coalesce(sum(${confidence}), 0)::float8`,
      })
      .from(analyses)
      .where(and(...selected, isNotNull(reviewedVerdict)))
      .groupBy(sql`1, 2, 3, 4`),
  ])
  return qualityOf(
    rows.filter(({ unsure }) => !unsure),
    {
      analyses: all?.total ?? 0,
      unsure: total(rows.filter(({ unsure }) => unsure)),
      recall_estimate,
      model_versions: versions,
    },
  )
}
