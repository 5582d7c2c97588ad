import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { analysisQuery, productsQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import type { Drawing } from '../../components/drawing.ts'
import { useShortcuts } from '../../components/shortcuts/use-shortcuts.ts'
import { severityKeys, typeKeys } from './choice-keys.ts'
import { type Draft, type Entered, isOutdated, type Said } from './draft.ts'
import { useDraft } from './draft-store.ts'
import { addDefect, chooseNext, deleteDefect, placeBox, setChosen } from './edits.ts'
import { ReviewPanel, withComment } from './review-panel.tsx'
import { type Sender, useSender } from './use-sender.ts'
import { useUndoKeys } from './use-undo-keys.ts'

/** What a result needs for a person to judge it: the panel, and the boxes that the person draws on the picture. */
export interface JudgementParts {
  judgement: ReactNode
  /** Null where no correction is open. */
  drawing: Drawing | null
}

/** A result with its panel, as it is handed to whoever draws it. */
export type RenderVerdict = (parts: JudgementParts & { analysis: Analysis }) => ReactNode

interface JudgedProps {
  analysis: Analysis
  /** Whether keys judge, anywhere on the screen. */
  keys?: boolean
  /** To the next part. */
  onNext?: () => void
  children: (parts: JudgementParts) => ReactNode
}

/** A result on a page of its own, with what a person says of it. */
export function Judged(props: JudgedProps) {
  return <JudgedBy key={props.analysis.defect_id} {...props} sender={useSender()} />
}

/** The same, sent by whoever holds the queue. Keyed by the result where it is used. */
export function JudgedBy({
  analysis: given,
  keys = false,
  onNext,
  sender,
  children,
}: JudgedProps & { sender: Sender }) {
  const { data: analysis } = useQuery({ ...analysisQuery(given.defect_id), initialData: given })
  const { data: products } = useQuery(productsQuery)
  const product = products?.find(({ code }) => code === analysis.effective.product_sku)
  const [draft, actions] = useDraft(analysis, product?.cosmetic_is_defect ?? false)
  const { change } = actions
  const [drawn, setDrawn] = useState(() => window.matchMedia('(pointer: fine)').matches)
  const sending = sender.states.get(analysis.defect_id)
  const busy = sending?.is === 'sending'
  /** Nothing more is entered before it is decided whose verdict stands. */
  const outdated = isOutdated(draft, analysis)
  const correcting = draft.mode === 'correct' && !outdated

  const say = (said: Said) => sender.send(analysis, withComment(said, draft) ?? said, draft.after)
  const overrule = (said: Said) => sender.send(analysis, said, analysis.review?.id ?? null)

  const correct = (part: Partial<Draft> = {}) => change({ mode: 'correct', ...part })
  const { voided, source } = analysis.effective
  const plain = draft.mode === 'none' && !voided && !outdated
  const begun = correcting && draft.defect
  const whileDefect = (edit: () => Partial<Entered>) => (begun ? () => change(edit()) : undefined)
  useShortcuts(
    {
      // Once a person has judged, A must not take that back.
      a: plain && source === 'model' ? () => say({ kind: 'confirm' }) : undefined,
      u: plain ? () => say({ kind: 'unsure' }) : undefined,
      r: () => correct(),
      '0': () => correct({ defect: false }),
      ...Object.fromEntries(typeKeys.map(({ key, type }) => [key, () => correct(setChosen(draft, { type }))])),
      ...Object.fromEntries(
        severityKeys.map(({ key, severity }) => [key, () => correct(setChosen(draft, { severity }))]),
      ),
      n: () => correct(addDefect(draft)),
      d: whileDefect(() => deleteDefect(draft, draft.chosen)),
      Delete: whileDefect(() => deleteDefect(draft, draft.chosen)),
      ']': whileDefect(() => chooseNext(draft, 1)),
      '[': whileDefect(() => chooseNext(draft, -1)),
      Escape: draft.mode === 'none' ? undefined : () => change({ mode: 'none' }),
    },
    keys && !busy && !voided && !outdated,
  )
  useUndoKeys(busy || outdated ? {} : actions)

  const drawing: Drawing = {
    boxes: draft.defects.flatMap(({ box }, index) => (box ? [{ number: index + 1, box }] : [])),
    chosen: draft.chosen + 1,
    active: drawn && !busy,
    keys: keys && !busy,
    onChange: (box) => change(setChosen(draft, { box }), `box ${draft.chosen}`),
    onDraw: (box) => change(placeBox(draft, box)),
    onChoose: (number) => change({ chosen: number - 1 }),
  }
  return children({
    judgement: (
      <ReviewPanel
        analysis={analysis}
        draft={draft}
        actions={actions}
        onSay={say}
        onOverrule={overrule}
        sending={sending}
        keys={keys}
        drawn={drawn}
        onDraw={setDrawn}
        onNext={onNext}
      />
    ),
    drawing: !correcting || voided ? null : begun ? drawing : { ...drawing, boxes: [], chosen: null, active: false },
  })
}
