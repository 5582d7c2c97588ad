import { useSyncExternalStore } from 'react'
import { session } from '../../api/session.ts'
import type { Analysis } from '../../api/types.ts'
import { type Draft, draftOn, type Entered, type Said } from './draft.ts'

const STORAGE_KEY = 'wiko.drafts'
const MOST_STEPS = 50
/** Changes of the same thing within that time are undone together. */
const ONE_STEP_MS = 1000

/** By result, until it is stored or the tab is closed: neither another part, a reload nor signing in anew loses what was entered. */
let kept: Readonly<Record<string, Draft>> = {}
let owner = session.whose()
let last = { step: '', at: 0 }
const listeners = new Set<() => void>()

function read(): Readonly<Record<string, Draft>> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null')
    const { whose, drafts } = stored as { whose: string | null; drafts: Record<string, Draft> }
    return owner === null || whose === owner ? drafts : {}
  } catch {
    return {}
  }
}
kept = read()

function store(next: Readonly<Record<string, Draft>>): void {
  kept = next
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ whose: owner, drafts: kept }))
  } catch {
    // Full or switched off: then they last until a reload.
  }
  for (const listener of listeners) listener()
}

// Another person finds nothing of the last one.
session.subscribe(() => {
  const now = session.whose()
  if (now === owner || (now === null && session.lapsed() !== null)) return
  owner = now
  store({})
})

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const keepDraft = (defectId: string, draft: Draft): void => store({ ...kept, [defectId]: draft })

export function forgetDraft(defectId: string): void {
  const { [defectId]: _, ...others } = kept
  store(others)
}

export const keptDraft = (defectId: string): Draft | undefined => kept[defectId]

/** All drafts of this tab. */
export const useDrafts = (): Readonly<Record<string, Draft>> => useSyncExternalStore(subscribe, () => kept)

const enteredIn = ({ comment, defect, defects, chosen, tolerated, sku }: Entered): Entered => ({
  comment,
  defect,
  defects,
  chosen,
  tolerated,
  sku,
})

/** What can be undone: all that is entered, but not what is only looked at. */
const worthUndoing = (entered: Entered): string => JSON.stringify({ ...enteredIn(entered), chosen: 0 })

export interface DraftActions {
  /** Changes of the same `step` that follow each other quickly are undone together. */
  change: (part: Partial<Draft>, step?: string) => void
  /** Undefined where there is nothing to be undone. */
  undo: (() => void) | undefined
  redo: (() => void) | undefined
}

export interface FormProps {
  analysis: Analysis
  draft: Draft
  busy: boolean
  onChange: DraftActions['change']
  onSay: (said: Said) => void
}

export function useDraft(analysis: Analysis, strict: boolean): [Draft, DraftActions] {
  const { defect_id: id } = analysis
  const draft = draftOn(analysis, useDrafts()[id], strict)
  const { past, future } = draft

  const change = (part: Partial<Draft>, step = ''): void => {
    const now = draftOn(analysis, kept[id], strict)
    const next = { ...now, ...part }
    if (worthUndoing(next) === worthUndoing(now)) {
      keepDraft(id, next)
      return
    }
    const at = Date.now()
    const together = step !== '' && last.step === step && at - last.at < ONE_STEP_MS
    last = { step, at }
    const steps = together ? now.past : [...now.past, enteredIn(now)].slice(-MOST_STEPS)
    keepDraft(id, { ...next, past: steps, future: [] })
  }
  const before = past.at(-1)
  const after = future[0]
  return [
    draft,
    {
      change,
      undo: before && (() => goTo(before, past.slice(0, -1), [enteredIn(draft), ...future])),
      redo: after && (() => goTo(after, [...past, enteredIn(draft)], future.slice(1))),
    },
  ]

  function goTo(entered: Entered, past: readonly Entered[], future: readonly Entered[]): void {
    last = { step: '', at: 0 }
    keepDraft(id, { ...draft, ...entered, past, future })
  }
}
