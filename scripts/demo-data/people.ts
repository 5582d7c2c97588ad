import type { Product } from '../../api/config.ts'
import { type ReviewRow, reviewed } from '../../api/reviews/reviewed.ts'
import type { NewReviewBody } from '../../api/reviews/schemas.ts'
import type { Facility } from '../../api/vocabulary/vocabulary.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { chance, oneOf, uuid } from './draw.ts'
import { DEMO_CALLER, type DemoPhoto } from './photos.ts'

const PEOPLE: Record<Facility, readonly string[]> = {
  yangjiang: ['陈伟', '李娜', '黄志强', '林小燕', '梁国栋'],
  shenzhen: ['Zhang Min', '吴磊'],
  hongkong: ['Wong Ka-yan', 'Chan Tai-man'],
}
/** Shares of verdicts that people look at: all that is unclear or drawn at random soon, a good part of the defects, few of the good parts. */
const LOOKED_AT = { review: 0.88, drawn: 0.96, ng: 0.55, ok: 0.035 } as const
const MINUTE_MS = 60_000

interface Said {
  said: NewReviewBody
  /** Minutes after the one before. */
  after: number
}

/** What people say of a photo, one after the other. They judge what is to be seen on the picture. */
function opinions(random: Random, { row, truth }: DemoPhoto, products: readonly Product[]): Said[] {
  if (chance(random, 0.002)) {
    const voided: Said = { said: { kind: 'void', comment: 'Test shot' }, after: random.between(2, 40) }
    return chance(random, 0.15) ? [voided, { said: { kind: 'reinstate' }, after: random.between(5, 60) }] : [voided]
  }
  if (!chance(random, row.randomCheck ? LOOKED_AT.drawn : LOOKED_AT[row.verdict])) return []
  const judged: Said = { said: judgement({ row, truth }), after: random.between(12, 1100) }
  if (chance(random, 0.006)) {
    const other = products.filter(
      ({ code }) => code !== row.productSku && code.slice(0, 5) === row.productSku.slice(0, 5),
    )
    if (other.length > 0) judged.said.product_sku = oneOf(random, other).code
  }
  if (!chance(random, row.verdict === 'review' ? 0.06 : 0.01)) return [judged]
  const unsure: Said = {
    said: { kind: 'unsure', comment: 'Hard to tell from this angle' },
    after: random.between(12, 600),
  }
  return chance(random, 0.6) ? [unsure, judged] : [unsure]
}

function judgement({ row, truth }: DemoPhoto): NewReviewBody {
  if (!truth)
    return row.defectDetected ? { kind: 'correct', verdict: 'ok', comment: '误检，正常件' } : { kind: 'confirm' }
  const { kind, severity, box } = truth
  if (row.defectDetected && row.defectType === kind.type && row.severity === severity) return { kind: 'confirm' }
  const verdict = severity === 'cosmetic' ? 'ok' : 'ng'
  return { kind: 'correct', verdict, defect_detected: true, defect_type: kind.type, severity, bounding_box: box }
}

/** Reviews of a photo until `until`. The row's columns are brought up to date with each, as the service does. */
export function reviewsOf(
  random: Random,
  photo: DemoPhoto,
  { products, until }: { products: readonly Product[]; until: Date },
): ReviewRow[] {
  const rows: ReviewRow[] = []
  let at = photo.row.timestamp.getTime()
  for (const { said, after } of opinions(random, photo, products)) {
    at += after * MINUTE_MS
    if (at > until.getTime()) break
    const origin = {
      id: uuid(random),
      person: oneOf(random, PEOPLE[photo.row.facility as Facility]),
      caller: DEMO_CALLER,
      createdAt: new Date(Math.floor(at)),
      requestRef: null,
    }
    const { row, columns } = reviewed(photo.row, said, origin, products)
    Object.assign(photo.row, columns)
    rows.push(row)
  }
  return rows
}
