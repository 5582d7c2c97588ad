import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { analysisQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import type { Drawing } from '../../components/drawing.ts'
import { useShortcuts } from '../../components/shortcuts/use-shortcuts.ts'
import { type Draft, useDraft } from './draft.ts'
import { ReviewPanel } from './review-panel.tsx'
import { typeKeys } from './type-keys.ts'
import { type Said, type Sender, useSender } from './use-sender.ts'

/** What a result needs for a person to judge it: the panel, and the box that the person draws on the picture. */
export interface JudgementParts {
  judgement: ReactNode
  drawing: Drawing | null
}

interface JudgedProps {
  analysis: Analysis
  /** Whether keys judge, anywhere on the screen. */
  keys?: boolean
  children: (parts: JudgementParts) => ReactNode
}

/** A result on a page of its own, with what a person says of it. */
export function Judged(props: JudgedProps) {
  return <JudgedBy key={props.analysis.defect_id} {...props} sender={useSender()} />
}

/** The same, sent by whoever holds the queue. Keyed by the result where it is used. */
export function JudgedBy({ analysis: given, keys = false, sender, children }: JudgedProps & { sender: Sender }) {
  const { data: analysis } = useQuery({ ...analysisQuery(given.defect_id), initialData: given })
  const [draft, change] = useDraft(analysis)
  const [drawn, setDrawn] = useState(() => window.matchMedia('(pointer: fine)').matches)
  const sending = sender.states.get(analysis.defect_id)
  const busy = sending?.is === 'sending'
  const correcting = draft.mode === 'correct'

  const say = (said: Said) => {
    const comment = draft.comment.trim()
    sender.send(analysis, comment ? { ...said, comment } : said)
  }
  const correct = (part: Partial<Draft> = {}) => change({ mode: 'correct', ...part })
  const plain = draft.mode === 'none' && !analysis.effective.voided
  useShortcuts(
    {
      a: plain ? () => say({ kind: 'confirm' }) : undefined,
      u: plain ? () => say({ kind: 'unsure' }) : undefined,
      r: () => correct(),
      '0': () => correct({ defect: false }),
      ...Object.fromEntries(typeKeys.map(({ digit, type }) => [digit, () => correct({ defect: true, type })])),
      Escape: draft.mode === 'none' ? undefined : () => change({ mode: 'none' }),
    },
    keys && !busy,
  )

  return children({
    judgement: (
      <ReviewPanel
        analysis={analysis}
        draft={draft}
        onChange={change}
        onSay={say}
        sending={sending}
        keys={keys}
        drawn={drawn}
        onDraw={setDrawn}
      />
    ),
    drawing:
      correcting && draft.defect
        ? { box: draft.box, active: drawn && !busy, onChange: (box) => change({ box }) }
        : null,
  })
}
