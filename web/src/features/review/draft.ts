import { useSyncExternalStore } from 'react'
import type { Analysis, BoundingBox, DefectType, NewReview, Severity } from '../../api/types.ts'

/** Which form is open. */
export type Mode = 'none' | 'correct' | 'sku' | 'void'

/** What a person has begun to say of a result. */
export interface Draft {
  mode: Mode
  comment: string
  defect: boolean
  type: DefectType | null
  severity: Severity | null
  /** A defect within tolerance: the part is good all the same. Only of a cosmetic one. */
  tolerated: boolean
  box: BoundingBox | null
  sku: string
}

/** As it stands, to be changed where it is wrong. Where no defect was found, one was missed: that is all that can be wrong. */
function draftOf({ effective, review, ...model }: Analysis): Draft {
  const detected = effective.defect_detected
  return {
    mode: 'none',
    comment: '',
    defect: true,
    type: detected ? effective.defect_type : null,
    severity: detected ? effective.severity : null,
    tolerated: detected && effective.verdict === 'ok',
    box: effective.source === 'human' ? (review?.bounding_box ?? null) : model.bounding_box,
    sku: effective.product_sku,
  }
}

/** By result, until it is sent or the tab is closed: neither another part nor signing in anew loses what was typed. */
const kept = new Map<string, Draft>()
const listeners = new Set<() => void>()

function keep(defectId: string, draft: Draft | null): void {
  if (draft) kept.set(defectId, draft)
  else kept.delete(defectId)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const forgetDraft = (defectId: string): void => keep(defectId, null)

export function useDraft(analysis: Analysis): [Draft, (part: Partial<Draft>) => void] {
  const { defect_id: id } = analysis
  const draft = useSyncExternalStore(subscribe, () => kept.get(id)) ?? draftOf(analysis)
  return [draft, (part) => keep(id, { ...draft, ...part })]
}

type Correction = Omit<NewReview, 'kind' | 'after' | 'comment'>

/** The correction as it is sent; null while a part of it is missing. */
export function correctionOf({ defect, type, severity, tolerated, box }: Draft): Correction | null {
  if (!defect) return { verdict: 'ok', defect_detected: false }
  if (!type || !severity) return null
  const good = tolerated && severity === 'cosmetic'
  return {
    verdict: good ? 'ok' : 'ng',
    defect_detected: true,
    defect_type: type,
    severity,
    bounding_box: box,
  }
}

/** Whether the correction says something else than what stands. */
export function correctsAnything(draft: Draft, analysis: Analysis): boolean {
  const { effective } = analysis
  if (!draft.defect) return effective.defect_detected || effective.verdict !== 'ok'
  const stands = draftOf(analysis)
  return (['type', 'severity', 'tolerated', 'box'] as const).some(
    (name) => JSON.stringify(draft[name]) !== JSON.stringify(stands[name]),
  )
}
