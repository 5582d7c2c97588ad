import type { AnalysisRow } from '../../api/analyses/service.ts'
import { verdictColumns } from '../../api/analyses/verdict-columns.ts'
import type { AnalyzerResult, BoundingBox, Finding } from '../../api/analyzer/analyzer.ts'
import { costOf, LIST_PRICES, type Price } from '../../api/analyzer/azure/prices.ts'
import type { Facility, Language } from '../../api/vocabulary/vocabulary.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { type DefectKind, defectShare, isBadWeek, kindsOf } from './defects.ts'
import { byWeight, chance, hex, oneOf, uuid, whole } from './draw.ts'
import type { Album, DemoPicture } from './pictures.ts'
import { metadataOf, type Run } from './plant.ts'
import { TEXTS } from './texts.ts'

/** Caller of all that the demo data writes, which no key and no session has. */
export const DEMO_CALLER = 'demo'

/** How many photos there are of a part, weighted; 1.58 in the mean. */
const PHOTOS_OF_A_PART = [
  [1, 55],
  [2, 32],
  [3, 13],
] as const
export const PHOTOS_PER_PART = 1.58

const LANGUAGES: Record<Facility, readonly (readonly [Language, number])[]> = {
  yangjiang: [
    ['zh-Hans', 80],
    ['en', 20],
  ],
  shenzhen: [
    ['zh-Hans', 60],
    ['en', 40],
  ],
  hongkong: [
    ['zh-Hant', 70],
    ['en', 30],
  ],
}

/** Two made-up models, the second better: quality can be compared. Shares of answers that are wrong. */
const MODELS = {
  first: { version: 'demo-model-1', prompt: 'demo-1', misses: 0.05, falseAlarms: 0.021, wrongType: 0.1 },
  second: { version: 'demo-model-2', prompt: 'demo-2', misses: 0.025, falseAlarms: 0.009, wrongType: 0.05 },
} as const
type Model = (typeof MODELS)[keyof typeof MODELS]
/** The second came when this share of the time was left. */
const SECOND_MODEL_SINCE = 0.55
const PRICE = LIST_PRICES['gpt-5.2'] as Price

/** A photo's row, and what is to be seen on its picture, which the model need not have seen. */
export interface DemoPhoto {
  row: AnalysisRow
  truth: { kind: DefectKind; severity: Finding['severity']; box: BoundingBox | null } | null
}

export interface PhotoOptions {
  random: Random
  album: Album
  /** Length of the time shown, in days. */
  days: number
  until: Date
  /** Verdicts of less confidence go to a person. */
  reviewBelow: number
  reviewSample: number
}

/** The photos of a run, in order of time. */
export function* photosOf(run: Run, count: number, options: PhotoOptions): Generator<DemoPhoto> {
  const { random, album, days, until } = options
  let made = 0
  for (let part = 1; made < count; part++) {
    const photos = Math.min(byWeight(random, PHOTOS_OF_A_PART), count - made)
    const defect = chance(random, defectShare(run, days)) ? byWeight(random, kindsOf(run, days)) : null
    const severity = defect ? byWeight(random, defect.severities) : null
    const shared = { ...metadataOf(random, run, part), language: byWeight(random, LANGUAGES[run.facility]) }
    const begins = run.from + ((made + random.between(0, 0.9)) / count) * (run.to - run.from)
    let again: Pick<AnalysisRow, 'imageSha256' | 'fileName'> & { picture: DemoPicture; seen: boolean } = {
      imageSha256: '',
      fileName: '',
      picture: oneOf(random, album(run.sku, null)),
      seen: false,
    }
    for (let photo = 0; photo < photos; photo++, made++) {
      // Now and then the same photo is analysed anew; else it is another view, and the defect need not be in it.
      if (photo === 0 || !chance(random, 0.01)) {
        const seen = defect !== null && (photo === 0 || chance(random, 0.7))
        again = {
          imageSha256: hex(random, 8),
          fileName: `${shared.station}_${hex(random, 1)}.jpg`,
          picture: oneOf(random, album(run.sku, seen ? defect.drawn : null)),
          seen,
        }
      }
      const { picture, seen, imageSha256, fileName } = again
      const truth = defect && severity && seen ? { kind: defect, severity, box: picture.box } : null
      const timestamp = new Date(Math.min(begins + photo * whole(random, 2000, 9000), until.getTime()))
      const row = rowOf(run, { timestamp, picture, truth, imageSha256, fileName, ...shared }, options)
      yield { row, truth }
    }
  }
}

type Shot = Pick<AnalysisRow, 'timestamp' | 'language' | 'imageSha256' | 'fileName'> &
  Pick<DemoPhoto, 'truth'> & { picture: DemoPicture } & ReturnType<typeof metadataOf>

function rowOf(
  run: Run,
  { picture, truth, ...shot }: Shot,
  { random, days, reviewBelow, reviewSample }: PhotoOptions,
): AnalysisRow {
  const model = run.daysAgo > days * SECOND_MODEL_SINCE ? MODELS.first : MODELS.second
  const result = answerOf(random, model, run, days, picture, truth, shot.language)
  return {
    id: uuid(random),
    defectId: `DEF-${shot.timestamp.toISOString().slice(0, 10).replaceAll('-', '')}-${hex(random, 1).toUpperCase()}`,
    createdAt: shot.timestamp,
    facility: run.facility,
    productSku: run.sku,
    ...shot,
    ...verdictColumns(result, { reviewBelow, cosmeticIsDefect: false }),
    randomCheck: chance(random, reviewSample / 100),
    explanation: null,
    eventId: null,
    productionData: run.sku.startsWith('WK-KN') && chance(random, 0.4) ? readings(random, isBadWeek(run, days)) : null,
    imageS3Key: picture.key,
    imageWidth: picture.width,
    imageHeight: picture.height,
    caller: DEMO_CALLER,
    analyzer: 'azure',
    modelVersion: result.model_version,
    promptVersion: result.prompt_version,
    modelSettings: result.model_settings,
    inputTokens: result.tokens.input,
    outputTokens: result.tokens.output,
    reasoningTokens: result.tokens.reasoning,
    costUsd: result.cost_usd,
    modelLatencyMs: result.model_latency_ms,
    latencyMs: result.model_latency_ms + whole(random, 60, 260),
    ingestId: null,
    requestRef: null,
    review: null,
    reviewedVerdict: null,
    reviewedType: null,
    correctedSku: null,
    voided: false,
    searchText: null,
    finalVerdict: null,
    judged: null,
    counted: null,
    toRetake: null,
    waiting: null,
    finalDefect: null,
    finalType: null,
    finalSeverity: null,
  }
}

/** Of the heat treatment: in the bad week the quench takes longer than two minutes. */
const readings = (random: Random, bad: boolean) => ({
  furnace_c: whole(random, 994, 1006),
  quench_seconds: bad ? whole(random, 128, 190) : whole(random, 104, 119),
  chamber_pa: bad ? whole(random, 40, 160) : whole(random, 2, 9),
})

function findingOf(
  random: Random,
  model: Model,
  run: Run,
  days: number,
  picture: DemoPicture,
  truth: DemoPhoto['truth'],
): { kind: DefectKind; severity: Finding['severity']; box: BoundingBox | null; right: boolean } | null {
  if (truth) {
    if (chance(random, model.misses)) return null
    const kind = chance(random, model.wrongType) ? byWeight(random, kindsOf(run, days)) : truth.kind
    const right = kind === truth.kind
    const severity = right && chance(random, 0.93) ? truth.severity : byWeight(random, kind.severities)
    return {
      kind,
      severity,
      box: truth.box && loosened(random, truth.box, picture),
      right: right && severity === truth.severity,
    }
  }
  if (!chance(random, model.falseAlarms)) return null
  const kind = byWeight(random, kindsOf(run, days))
  const { width, height } = picture
  const box = {
    x: Math.round(width * random.between(0.25, 0.5)),
    y: Math.round(height * random.between(0.45, 0.5)),
    width: Math.round(width * random.between(0.03, 0.07)),
    height: Math.round(height * random.between(0.03, 0.06)),
  }
  return { kind, severity: byWeight(random, kind.severities), box: kind.drawn ? box : null, right: false }
}

/** A model's box is some pixels off. */
function loosened(random: Random, { x, y, width, height }: BoundingBox, picture: DemoPicture): BoundingBox {
  const left = Math.max(0, x - whole(random, 0, 8))
  const top = Math.max(0, y - whole(random, 0, 8))
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, x + width + whole(random, 0, 8)) - left,
    height: Math.min(picture.height, y + height + whole(random, 0, 8)) - top,
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

function answerOf(
  random: Random,
  model: Model,
  run: Run,
  days: number,
  picture: DemoPicture,
  truth: DemoPhoto['truth'],
  language: Language,
): AnalyzerResult {
  const found = findingOf(random, model, run, days, picture, truth)
  const right = found ? found.right : truth === null
  const sure = right && !chance(random, 0.015)
  const confidence = rounded(sure ? 0.985 - 0.25 * random.between(0, 1) ** 3 : random.between(0.42, 0.86))
  const texts = TEXTS[language]
  const words = found && texts.kinds[found.kind.type]
  const usage = {
    input: whole(random, 1500, 1900) + (found ? whole(random, 850, 1000) : 0),
    cachedInput: 0,
    output: whole(random, 110, 180) + (found ? whole(random, 600, 950) : 0),
    reasoning: 0,
  }
  return {
    findings: found
      ? [
          {
            defect_type: found.kind.type,
            severity: found.severity,
            confidence,
            bounding_box: found.box,
            affected_area: found.kind.area,
            description: texts.kinds[found.kind.type].seen,
          },
        ]
      : [],
    confidence,
    description: words ? words.seen : oneOf(random, texts.clean),
    affected_area: found?.kind.area ?? 'overall',
    probable_stage: found ? byWeight(random, found.kind.stages) : null,
    root_cause: words?.cause ?? '',
    five_why_chain: words ? [words.cause, words.why, ...texts.whys] : [],
    contributing_factors: words ? [texts.factor] : [],
    ishikawa_analysis: words ? { machine: words.why, ...texts.ishikawa } : null,
    corrective_actions: words ? [words.correct] : [],
    preventive_actions: words ? [words.prevent] : [],
    repaired: chance(random, 0.003),
    model_version: model.version,
    prompt_version: model.prompt,
    model_settings: { demo: 'made by scripts/demo-data.ts' },
    tokens: { input: usage.input, output: usage.output, reasoning: usage.reasoning },
    cost_usd: Number(costOf(usage, PRICE).toFixed(6)),
    model_latency_ms: whole(random, 1700, 3400) + (found ? whole(random, 1800, 4200) : 0),
  }
}
