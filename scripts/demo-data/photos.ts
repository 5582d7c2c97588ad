import { costOf, LIST_PRICES, type Price } from '../../api/analyzers/azure/prices.ts'
import type { BoundingBox } from '../../api/domain/box.ts'
import type { AnalyzerResult } from '../../api/domain/verdict.ts'
import type { Facility, Language, Severity } from '../../api/domain/vocabulary.ts'
import { verdictColumns } from '../../api/features/analyses/verdict-columns.ts'
import type { AnalysisRow } from '../../drizzle/schema.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { defectShare, type Kind, kindOf, kindsOf } from './defects.ts'
import type { Album, DemoPicture } from './pictures.ts'
import type { Run } from './plant.ts'
import { byWeight, chance, hex, oneOf, uuid, whole } from './random.ts'
import { wordsOf } from './texts.ts'

/** Caller of all demo rows; no key and no session has it. */
export const DEMO_CALLER = 'demo'
/** Photos of a part, with weights; 1.58 in the mean. */
const PHOTOS = { 1: 55, 2: 32, 3: 13 }
export const PHOTOS_PER_PART = 1.58
const LANGUAGES: Record<Facility, Partial<Record<Language, number>>> = {
  yangjiang: { 'zh-Hans': 80, en: 20 },
  shenzhen: { 'zh-Hans': 60, en: 40 },
  hongkong: { 'zh-Hant': 70, en: 30 },
}
/** Two made-up models with their shares of wrong answers. The second came when 55 % of the time was left. */
const MODELS = [
  { version: 'demo-model-1', misses: 0.05, falseAlarms: 0.021, wrongType: 0.1 },
  { version: 'demo-model-2', misses: 0.025, falseAlarms: 0.009, wrongType: 0.05 },
] as const
const PRICE = LIST_PRICES['gpt-5.2'] as Price

interface Defect {
  kind: Kind
  severity: Severity
  box: BoundingBox | null
}

/** A row, and the defect that its picture shows, which the model may have missed. */
export interface DemoPhoto {
  row: AnalysisRow
  truth: Defect | null
}

export interface PhotoOptions {
  random: Random
  album: Album
  days: number
  until: Date
  reviewBelow: number
  /** Percent that are drawn for review at random. */
  reviewSample: number
}

/** The photos of a run, in order of time. */
export function* photosOf(run: Run, count: number, options: PhotoOptions): Generator<DemoPhoto> {
  const { random, album, days, until } = options
  const { line, shift, sku } = run
  const lot = `${run.day.slice(2).replaceAll('-', '')}-${line.slice(-1).toUpperCase()}${shift === 'day' ? 'D' : 'N'}`
  for (let part = 1, made = 0; made < count; part++) {
    const partId = `P${lot}-${sku.slice(3).replace('-', '')}-${String(part).padStart(4, '0')}`
    const shared = {
      partId,
      lot,
      shift,
      lineId: line,
      station: `${line}-cam-1`,
      operator: `W-${whole(random, 1000, 1030)}`,
    }
    const language = byWeight(random, LANGUAGES[run.facility])
    const kind = chance(random, defectShare(run, days)) ? kindOf(byWeight(random, kindsOf(run, days))) : null
    const severity = kind && byWeight(random, kind.severities)
    const begins = run.from + ((made + random.between(0, 0.9)) / count) * (run.to - run.from)
    const photos = Math.min(Number(byWeight(random, PHOTOS)), count - made)
    for (let photo = 0; photo < photos; photo++, made++) {
      // Another view of the part need not show the defect.
      const seen = photo === 0 || chance(random, 0.7) ? kind : null
      const picture = oneOf(random, album(sku, seen?.drawn ?? null))
      const truth = seen && severity ? { kind: seen, severity, box: picture.box } : null
      const timestamp = new Date(Math.min(begins + photo * whole(random, 2000, 9000), until.getTime()))
      yield { row: { ...shared, ...rowOf(run, { timestamp, picture, truth, language }, options) }, truth }
    }
  }
}

type Shot = { timestamp: Date; picture: DemoPicture; truth: Defect | null; language: Language }

function rowOf(run: Run, shot: Shot, { random, days, reviewBelow, reviewSample }: PhotoOptions) {
  const { timestamp, picture, language } = shot
  const model = MODELS[run.daysAgo > days * 0.55 ? 0 : 1]
  const result = answerOf(random, model, shot, () => kindOf(byWeight(random, kindsOf(run, days))))
  const {
    tokens,
    model_latency_ms: modelLatencyMs,
    model_version: modelVersion,
    model_settings: modelSettings,
  } = result
  return {
    id: uuid(random),
    defectId: `DEF-${timestamp.toISOString().slice(0, 10).replaceAll('-', '')}-${hex(random, 1).toUpperCase()}`,
    ...{ timestamp, createdAt: timestamp, facility: run.facility, productSku: run.sku, language },
    ...{ imageSha256: hex(random, 8), fileName: `${run.line}_${hex(random, 1)}.jpg` },
    ...{ imageS3Key: picture.key, imageWidth: picture.width, imageHeight: picture.height },
    ...verdictColumns(result, { reviewBelow, cosmeticIsDefect: false }),
    randomCheck: chance(random, reviewSample / 100),
    ...{ caller: DEMO_CALLER, analyzer: 'azure', modelVersion, promptVersion: modelVersion, modelSettings },
    ...{ inputTokens: tokens.input, outputTokens: tokens.output, reasoningTokens: 0, costUsd: result.cost_usd },
    ...{ modelLatencyMs, latencyMs: modelLatencyMs + whole(random, 60, 260) },
    ...{ productionData: null, eventId: null, ingestId: null, requestRef: null, searchText: null, voided: false },
    ...{ review: null, reviewedVerdict: null, reviewedType: null, correctedSku: null, explanation: null },
    ...{ finalDefect: null, finalType: null, finalSeverity: null, finalVerdict: null },
    ...{ judged: null, counted: null, toRetake: null, waiting: null },
  } as const
}

function findingOf(random: Random, model: (typeof MODELS)[number], { truth, picture }: Shot, another: () => Kind) {
  if (truth) {
    if (chance(random, model.misses)) return null
    const kind = chance(random, model.wrongType) ? another() : truth.kind
    const same = kind === truth.kind && chance(random, 0.93)
    return { ...truth, kind, severity: same ? truth.severity : byWeight(random, kind.severities) }
  }
  if (!chance(random, model.falseAlarms)) return null
  const kind = another()
  const [width, height] = [Math.round(picture.width * 0.05), Math.round(picture.height * 0.05)]
  const box = { x: whole(random, 5, 9) * width, y: whole(random, 9, 10) * height, width, height }
  return { kind, severity: byWeight(random, kind.severities), box: kind.drawn ? box : null }
}

function answerOf(random: Random, model: (typeof MODELS)[number], shot: Shot, another: () => Kind): AnalyzerResult {
  const found = findingOf(random, model, shot, another)
  const { truth } = shot
  const right = found?.kind === truth?.kind && found?.severity === truth?.severity
  const sure = right && !chance(random, 0.015)
  const unrounded = sure ? 0.985 - 0.25 * random.between(0, 1) ** 3 : random.between(0.42, 0.86)
  const [confidence, affected_area] = [Math.round(unrounded * 1000) / 1000, found?.kind.area ?? 'overall']
  const words = wordsOf(found?.kind ?? null, shot.language)
  const finding = found && { defect_type: found.kind.type, severity: found.severity, bounding_box: found.box }
  const input = whole(random, 1500, 1900) + (found ? 950 : 0)
  const output = whole(random, 110, 180) + (found ? whole(random, 600, 950) : 0)
  return {
    ...words,
    ...{ confidence, affected_area, probable_stage: found?.kind.stage ?? null, repaired: chance(random, 0.003) },
    findings: finding ? [{ ...finding, confidence, affected_area, description: words.description }] : [],
    ...{ model_version: model.version, prompt_version: null, model_settings: { demo: 'made by scripts/demo-data.ts' } },
    tokens: { input, output, reasoning: 0 },
    cost_usd: Number(costOf({ input, cachedInput: 0, output, reasoning: 0 }, PRICE).toFixed(6)),
    model_latency_ms: whole(random, 1700, 3400) + (found ? whole(random, 1800, 4200) : 0),
  }
}
