import type { Product } from '../../api/config/config.ts'
import { type ReviewRow, reviewed } from '../../api/features/reviews/reviewed.ts'
import type { NewReviewBody } from '../../api/features/reviews/schemas.ts'
import type { Random } from '../../fixtures/sample-parts/random.ts'
import { DEMO_CALLER, type DemoPhoto } from './photos.ts'
import { chance, oneOf, uuid } from './random.ts'

const PEOPLE = ['陈伟', '李娜', '黄志强', '林小燕', 'Zhang Min', 'Wong Ka-yan']
/** Shares of the verdicts that people review. */
const REVIEWED = { review: 0.88, drawn: 0.96, ng: 0.55, ok: 0.035 } as const

function judgement({ row, truth }: DemoPhoto): NewReviewBody {
  const type = truth?.kind.type
  if (row.defectDetected === Boolean(truth) && (!truth || (row.defectType === type && row.severity === truth.severity)))
    return { kind: 'confirm' }
  if (!truth) return { kind: 'correct', verdict: 'ok', comment: '误检，正常件' }
  const verdict = truth.severity === 'cosmetic' ? 'ok' : 'ng'
  const { severity, box: bounding_box } = truth
  return { kind: 'correct', verdict, defect_detected: true, defect_type: type, severity, bounding_box }
}

function opinionsOf(random: Random, photo: DemoPhoto): NewReviewBody[] {
  if (chance(random, 0.002)) return [{ kind: 'void', comment: 'Test shot' }]
  if (!chance(random, REVIEWED[photo.row.randomCheck ? 'drawn' : photo.row.verdict])) return []
  const unsure = chance(random, photo.row.verdict === 'review' ? 0.06 : 0.01)
  return [...(unsure ? [{ kind: 'unsure', comment: 'Hard to tell from this angle' } as const] : []), judgement(photo)]
}

/** Reviews of a photo until `until`. The row's columns are brought up to date with each, as the service does. */
export function reviewsOf(random: Random, photo: DemoPhoto, products: readonly Product[], until: Date): ReviewRow[] {
  const rows: ReviewRow[] = []
  let at = photo.row.timestamp.getTime()
  for (const said of opinionsOf(random, photo)) {
    at += Math.floor(random.between(12, 1100) * 60_000)
    if (at > until.getTime()) break
    const by = { person: oneOf(random, PEOPLE), caller: DEMO_CALLER, createdAt: new Date(at), requestRef: null }
    const { row, columns } = reviewed(photo.row, said, { id: uuid(random), ...by }, products)
    Object.assign(photo.row, columns)
    rows.push(row)
  }
  return rows
}
