import type { Analysis, BoundingBox, DefectType, NewReview, Severity } from '../../api/types.ts'

/** Which form is open. */
export type Mode = 'none' | 'correct' | 'sku' | 'void'
export type Said = Omit<NewReview, 'after' | 'person'>

export interface DraftDefect {
  type: DefectType | null
  severity: Severity | null
  box: BoundingBox | null
}

/** What a person has entered, and can undo. */
export interface Entered {
  comment: string
  defect: boolean
  /** At least one where there is a defect. */
  defects: readonly DraftDefect[]
  /** Index of the defect that is being changed. */
  chosen: number
  /** All defects are within tolerance: the part is good all the same. Only of cosmetic ones. */
  tolerated: boolean
  sku: string
}

/** A request that was sent, and has not been answered as stored. */
export interface Sent {
  said: Said
  /** Of the request: sent again with it, it has one effect. */
  key: string
  after: string | null
  /** Somebody was faster. Else its outcome is not known. */
  refused: boolean
}

/** What a person has begun to say of a result. */
export interface Draft extends Entered {
  mode: Mode
  /** The newest review when it was begun: what it answers to. */
  after: string | null
  past: readonly Entered[]
  future: readonly Entered[]
  sent: Sent | null
}

export const BLANK: DraftDefect = { type: null, severity: null, box: null }

/** All defects that count of a result: a person's where one has judged it, else the analyzer's. */
function standingDefects({ effective, review, defects }: Analysis): DraftDefect[] {
  if (!effective.defect_detected) return []
  const counted = effective.source === 'human' ? (review?.defects ?? []) : defects
  return counted.map(({ defect_type: type, severity, bounding_box: box }) => ({ type, severity, box }))
}

/**
 * As it stands, to be changed where it is wrong. `strict`: cosmetic flaws of the product are no good.
 * Where no defect was found, one was missed: that is all that can be wrong. */
export function draftOf(analysis: Analysis, strict = false): Draft {
  const { effective, review } = analysis
  const defects = standingDefects(analysis)
  const isCosmetic = effective.defect_detected && effective.severity === 'cosmetic'
  return {
    mode: 'none',
    comment: '',
    defect: true,
    defects: defects.length > 0 ? defects : [BLANK],
    chosen: 0,
    tolerated: isCosmetic
      ? effective.verdict === 'ok' || (effective.verdict === 'review' && analysis.tolerated)
      : !strict,
    sku: effective.product_sku,
    after: review?.id ?? null,
    past: [],
    future: [],
    sent: null,
  }
}

/** The correction as it is sent; null while a part of it is missing. */
export function correctionOf({ defect, defects, tolerated }: Entered): Said | null {
  if (!defect) return { kind: 'correct', verdict: 'ok', defect_detected: false }
  const named = defects.flatMap(({ type, severity, box }) =>
    type && severity ? [{ defect_type: type, severity, bounding_box: box }] : [],
  )
  if (named.length < defects.length) return null
  const good = tolerated && named.every(({ severity }) => severity === 'cosmetic')
  return { kind: 'correct', verdict: good ? 'ok' : 'ng', defect_detected: true, defects: named }
}

/** Whether the correction says something else than what stands. */
export function correctsAnything(draft: Draft, analysis: Analysis): boolean {
  const { effective } = analysis
  if (!draft.defect) return effective.defect_detected || effective.verdict !== 'ok'
  const stands = draftOf(analysis)
  const cosmetic = draft.defects.every(({ severity }) => severity === 'cosmetic')
  return (
    JSON.stringify(draft.defects) !== JSON.stringify(stands.defects) ||
    (cosmetic && draft.tolerated !== stands.tolerated)
  )
}

/** Whether the draft says something that a newer review of somebody else contradicts. */
const isAtStake = ({ mode, past, sent }: Draft): boolean => sent !== null || (mode === 'correct' && past.length > 0)

/** What a person sees: what was begun, on the newest state as far as it does not contradict it. */
export function draftOn(analysis: Analysis, kept: Draft | undefined, strict = false): Draft {
  const fresh = draftOf(analysis, strict)
  if (!kept) return fresh
  if (kept.after === fresh.after || isAtStake(kept)) return kept
  return { ...fresh, mode: kept.mode, comment: kept.comment, sku: kept.sku }
}

/** Somebody has judged the result since the draft was begun. While an answer is still owed, that may have been the draft itself. */
export const isOutdated = ({ after, sent }: Draft, { review }: Analysis): boolean =>
  (sent === null || sent.refused) && after !== (review?.id ?? null)
