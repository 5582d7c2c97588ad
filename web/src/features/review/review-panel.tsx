import { Button } from '@mantine/core'
import { IconCheck, IconFlask, IconFlaskOff, IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { analyzersWord, isConfirmed } from '../../components/judgement.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import { CommentField } from './comment-field.tsx'
import { Conflict } from './conflict.tsx'
import { CorrectionForm } from './correction-form.tsx'
import { Decisions } from './decisions.tsx'
import { DefectsInWords } from './defects-in-words.tsx'
import { correctionOf, type Draft, isOutdated, type Mode, type Said } from './draft.ts'
import { type DraftActions, type FormProps, forgetDraft } from './draft-store.ts'
import { FailedNote } from './failed-note.tsx'
import { HistoryList } from './history-list.tsx'
import classes from './review-panel.module.css'
import { NameForm, ReviewerName } from './reviewer-name.tsx'
import { SkuForm } from './sku-form.tsx'
import { useReviewTexts } from './texts.ts'
import type { Sending } from './use-sender.ts'
import { VoidForm } from './void-form.tsx'

interface ReviewPanelProps extends Omit<FormProps, 'busy' | 'onChange'> {
  actions: DraftActions
  /** Sends what was said, over the newest review. */
  onOverrule: (said: Said) => void
  sending: Sending | undefined
  /** Whether the keys on the buttons do anything here. */
  keys: boolean
  drawn: boolean
  onDraw: (on: boolean) => void
  onNext: (() => void) | undefined
}

/** Where a person says what is right, and what people have said so far. */
export function ReviewPanel(props: ReviewPanelProps) {
  const { analysis, draft, actions, onSay, onOverrule, sending, keys, drawn, onDraw, onNext } = props
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  const [naming, setNaming] = useState(false)
  const busy = sending?.is === 'sending'
  const { change } = actions
  const { effective, review } = analysis
  const { voided } = effective
  /** A person has said something else: confirming means to say that the analyzer was right after all. */
  const overruled = effective.source === 'human' && !isConfirmed(analysis)
  const outdated = isOutdated(draft, analysis)
  const form = { analysis, draft, busy, onChange: change, onSay }
  const toggle = (mode: Mode) => change({ mode: draft.mode === mode ? 'none' : mode })
  const open = draft.mode === 'none' && !outdated
  const mine = draft.mode === 'correct' ? withComment(correctionOf(draft), draft) : (draft.sent?.said ?? null)
  return (
    <div data-print="no">
      <Panel title={texts.panel} aside={<ReviewerName naming={naming} onNaming={() => setNaming(!naming)} />}>
        <div className={classes.panel} aria-busy={busy}>
          {naming && <NameForm onDone={() => setNaming(false)} />}
          {outdated ? (
            <Conflict
              analysis={analysis}
              said={mine}
              busy={busy}
              onKeepTheirs={() => forgetDraft(analysis.defect_id)}
              onSendMine={() => mine && onOverrule(mine)}
            />
          ) : (
            <FailedNote draft={draft} sending={sending} onSay={onSay} />
          )}
          {!voided && draft.mode === 'correct' && !outdated && (
            <CorrectionForm
              {...form}
              keys={keys}
              drawn={drawn}
              onDraw={onDraw}
              undo={actions.undo}
              redo={actions.redo}
            />
          )}
          {overruled && draft.mode === 'none' && review && review.defects.length > 0 && (
            <DefectsInWords defects={review.defects} />
          )}
          {draft.mode !== 'correct' && !outdated && <CommentField draft={draft} onChange={change} />}
          {voided && (
            <Button
              mih={44}
              loading={busy}
              leftSection={<IconFlaskOff size={20} aria-hidden />}
              onClick={() => onSay({ kind: 'reinstate' })}
            >
              {texts.reinstate}
            </Button>
          )}
          {!voided && open && (
            <Decisions
              analysis={analysis}
              busy={busy}
              keys={keys}
              onNext={onNext}
              onCorrect={() => change({ mode: 'correct' })}
              onSay={onSay}
            />
          )}
          {!voided && (
            <div className={classes.others}>
              {overruled && open && (
                <Button
                  variant="subtle"
                  mih={44}
                  disabled={busy}
                  leftSection={<IconCheck size={20} aria-hidden />}
                  onClick={() => onSay({ kind: 'confirm' })}
                >
                  {texts.confirmAnalyzer(vocabulary.verdicts[analyzersWord(analysis)].name)}
                </Button>
              )}
              <Button
                variant="subtle"
                mih={44}
                disabled={busy || outdated}
                aria-expanded={draft.mode === 'void'}
                leftSection={<IconFlask size={20} aria-hidden />}
                onClick={() => toggle('void')}
              >
                {texts.void}
              </Button>
              <Button
                variant="subtle"
                mih={44}
                disabled={busy || outdated}
                aria-expanded={draft.mode === 'sku'}
                leftSection={<IconTag size={20} aria-hidden />}
                onClick={() => toggle('sku')}
              >
                {texts.wrongSku}
              </Button>
            </div>
          )}
          {!voided && draft.mode === 'void' && <VoidForm {...form} />}
          {!voided && draft.mode === 'sku' && <SkuForm {...form} />}
          <HistoryList analysis={analysis} />
        </div>
      </Panel>
    </div>
  )
}

export function withComment(said: Said | null, draft: Draft): Said | null {
  const comment = draft.comment.trim()
  return said && comment ? { ...said, comment } : said
}
