import { randomUUID } from 'node:crypto'
import type { VerdictSource } from '../../api/domain/chart-scope.ts'
import type { StatisticsBody } from '../../api/features/statistics/schemas.ts'
import type { analyses } from '../../drizzle/schema.ts'

export type Row = typeof analyses.$inferInsert & { timestamp: Date }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Of all three facilities; no clock there changes. */
const UTC_PLUS = 8 * HOUR

/** The same numbers in each run. */
function randomNumbers(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

export const localDay = (at: Date): string => new Date(at.getTime() + UTC_PLUS).toISOString().slice(0, 10)

/** Rows over the days before `now`: many around midnight, parts of several photos, some judged by people, some void. */
export function randomRows(count: number, days: number, now: Date, seed = 7): Row[] {
  const random = randomNumbers(seed)
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  return Array.from({ length: count }, (_, number) => {
    const anyTime = now.getTime() - random() * days * DAY
    const midnight = Math.floor((anyTime + UTC_PLUS) / DAY) * DAY - UTC_PLUS
    // A third within two seconds of midnight on the plants' clocks, which is 16:00 UTC.
    const time = random() < 0.33 ? midnight + (random() - 0.5) * 4000 : anyTime
    const detected = random() < 0.3
    const type = one(['blade_scratch', 'rust_spot', 'handle_crack'] as const)
    const severity = one(['critical', 'major', 'minor', 'cosmetic'] as const)
    const judged = one(['ok', 'ng', 'review', null, null] as const)
    const said = one(['weld_defect', 'rust_spot'] as const)
    const saidSeverity = one(['critical', 'minor'] as const)
    return {
      id: randomUUID(),
      defectId: `DEF-20260101-${(seed * 65_536 + number).toString(16).toUpperCase().padStart(8, '0')}`,
      timestamp: new Date(Math.min(Math.round(time), now.getTime() - 1000)),
      facility: one(['yangjiang', 'yangjiang', 'hongkong']),
      productSku: one(['WK-KN-200', 'WK-KN-150']),
      correctedSku: random() < 0.1 ? 'WK-SC-200' : null,
      defectDetected: detected,
      defectType: detected ? type : 'unknown',
      severity: detected ? severity : 'cosmetic',
      confidence: Math.round(random() * 10_000) / 10_000,
      imageS3Key: `test/${number}`,
      modelVersion: one(['m1', 'm2']),
      verdict: random() < 0.15 ? 'review' : detected ? 'ng' : 'ok',
      reviewReason: random() < 0.1 ? 'photo_unusable' : null,
      randomCheck: random() < 0.1,
      tolerated: detected && severity === 'cosmetic' && random() < 0.5,
      defects: [],
      probableStage: detected ? one(['vacuum_quench', 'blade_glazing', null] as const) : null,
      contributingFactors: [],
      preventiveActions: [],
      language: 'en',
      partId: random() < 0.6 ? `P-${Math.floor(random() * (count / 4))}` : null,
      station: one(['S1', 'S2']),
      lineId: one(['L1', 'L2', null] as const),
      shift: one(['A', 'B', null] as const),
      imageSha256: 'a'.repeat(64),
      imageWidth: 320,
      imageHeight: 240,
      caller: 'open',
      analyzer: one(['azure', 'local']),
      modelSettings: {},
      inputTokens: 1,
      outputTokens: 1,
      reasoningTokens: 0,
      costUsd: random() < 0.8 ? Math.round(random() * 10_000) / 1e6 : null,
      latencyMs: Math.floor(random() * random() * 40_000),
      modelLatencyMs: 1,
      reviewedVerdict: judged,
      reviewedType: judged === 'ng' ? said : null,
      review: judged && {
        id: randomUUID(),
        number: 1,
        kind: judged === 'review' ? 'unsure' : 'correct',
        verdict: judged,
        defect_detected: judged === 'review' ? null : judged === 'ng',
        defect_type: judged === 'review' ? null : judged === 'ng' ? said : 'unknown',
        severity: judged === 'review' ? null : judged === 'ng' ? saidSeverity : 'cosmetic',
        bounding_box: null,
        product_sku: null,
        voided: false,
        comment: null,
        person: 'Mei',
        reviewed_at: now.toISOString(),
      },
      voided: random() < 0.08,
    } satisfies Row
  })
}

interface Item {
  row: Row
  defect: boolean
  passed: boolean
  type: string
  severity: string
}

const RANKS = ['critical', 'major', 'minor', 'cosmetic']

export const isUnusable = (row: Row) => row.reviewReason === 'photo_unusable' && !isJudged(row)

const isWaiting = ({ reviewedVerdict, verdict, randomCheck }: Row) =>
  reviewedVerdict === 'review' || (!reviewedVerdict && (verdict === 'review' || randomCheck === true))

const isJudged = ({ reviewedVerdict }: Row) => reviewedVerdict === 'ok' || reviewedVerdict === 'ng'

function itemOf(row: Row, truth: VerdictSource): Item {
  if (truth === 'final' && !isJudged(row)) {
    return { ...itemOf(row, 'ai'), passed: (row.reviewedVerdict ?? row.verdict) === 'ok' }
  }
  if (truth === 'ai') {
    const { defectDetected, tolerated, verdict, defectType, severity } = row
    return {
      row,
      defect: defectDetected && !tolerated,
      passed: verdict === 'ok',
      type: defectType ?? '',
      severity: severity ?? '',
    }
  }
  const { reviewedVerdict, reviewedType, review } = row
  return {
    row,
    defect: reviewedVerdict === 'ng',
    passed: reviewedVerdict === 'ok',
    type: reviewedType ?? '',
    severity: review?.severity ?? '',
  }
}

/** One sheds its parts by hand: the worst photo first, then the earliest. */
function partsOf(items: Item[]): Item[] {
  const parts = new Map<string, Item[]>()
  for (const item of items) {
    const key = item.row.partId ? `${item.row.facility} ${item.row.partId}` : (item.row.id ?? '')
    parts.set(key, [...(parts.get(key) ?? []), item])
  }
  const badness = ({ defect, severity, passed }: Item) => (defect ? 10 - RANKS.indexOf(severity) : passed ? 0 : 1)
  return [...parts.values()].flatMap(
    (photos) =>
      photos.toSorted((a, b) => badness(b) - badness(a) || a.row.timestamp.getTime() - b.row.timestamp.getTime())[0] ??
      [],
  )
}

const countBy = (items: readonly Item[], key: (item: Item) => string | null | undefined) => {
  const counts: Record<string, [inspected: number, defects: number]> = {}
  for (const item of items) {
    const name = key(item) ?? 'none'
    const [inspected, defects] = counts[name] ?? [0, 0]
    counts[name] = [inspected + 1, defects + (item.defect ? 1 : 0)]
  }
  return counts
}

export interface Wanted {
  basis: 'photo' | 'part'
  truth: VerdictSource
  from: Date
  to: Date
  keep: (row: Row) => boolean
}

const percent = (part: number, whole: number) => (whole === 0 ? null : Number(((100 * part) / whole).toFixed(4)))
const mean = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length
const rounded = (value: number | null, decimals: number) => (value === null ? null : Number(value.toFixed(decimals)))

/** The figures of the rows, counted one by one. */
export function count(rows: readonly Row[], { basis, truth, from, to, keep }: Wanted) {
  const chosen = rows.filter((row) => row.timestamp >= from && row.timestamp < to && !row.voided && keep(row))
  const photos = chosen.filter((row) => !isUnusable(row))
  const judged = photos.filter(isJudged)
  const all = (truth === 'human' ? judged : photos).map((row) => itemOf(row, truth))
  const items = basis === 'part' ? partsOf(all) : all
  const bad = items.filter(({ defect }) => defect)
  const latencies = photos.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b)
  const at = (share: number) => latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)] ?? null
  const costs = photos.flatMap(({ costUsd }) => costUsd ?? [])
  const cost = costs.length === 0 ? null : costs.reduce((sum, each) => sum + each, 0)
  return {
    figures: {
      from: from.toISOString(),
      to: to.toISOString(),
      inspected: items.length,
      defects: bad.length,
      defect_rate_percent: percent(bad.length, items.length),
      first_pass_yield_percent: percent(items.filter(({ passed }) => passed).length, items.length),
      critical: bad.filter(({ severity }) => severity === 'critical').length,
      photos: photos.length,
      human_confirmed: judged.length,
      waiting_for_review: photos.filter(isWaiting).length,
      photos_to_retake: chosen.length - photos.length,
      mean_confidence: rounded(mean(photos.map(({ confidence }) => confidence ?? 0)), 4),
      mean_latency_ms: rounded(mean(latencies), 0),
      median_latency_ms: at(0.5),
      p95_latency_ms: at(0.95),
      cost_usd: rounded(cost, 6),
      cost_per_photo_usd: cost === null ? null : rounded(cost / costs.length, 6),
    } satisfies StatisticsBody['figures'],
    byDay: countBy(items, ({ row }) => localDay(row.timestamp)),
    byType: countBy(bad, ({ type }) => type),
    bySeverity: countBy(bad, ({ severity }) => severity),
    byStage: countBy(bad, ({ row }) => row.probableStage),
    bySku: countBy(items, ({ row }) => row.correctedSku ?? row.productSku),
    byLine: countBy(items, ({ row }) => row.lineId),
    confidences: photos.map(({ confidence }) => confidence ?? 0),
    latencies,
    items,
  }
}
