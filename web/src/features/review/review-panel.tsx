import { Button, Textarea } from '@mantine/core'
import { IconCheck, IconFlask, IconFlaskOff, IconPencil, IconQuestionMark, IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import type { Analysis } from '../../api/types.ts'
import { isConfirmed } from '../../components/judgement.ts'
import { Panel } from '../../components/panel.tsx'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useTexts } from '../../language/use-language.ts'
import { CorrectionForm } from './correction-form.tsx'
import type { Draft, Mode } from './draft.ts'
import { FailedNote } from './failed-note.tsx'
import { HistoryList } from './history-list.tsx'
import classes from './review-panel.module.css'
import { NameForm, ReviewerName } from './reviewer-name.tsx'
import { SkuForm } from './sku-form.tsx'
import type { Said, Sending } from './use-sender.ts'
import { VoidForm } from './void-form.tsx'

/** The API's limit. */
const MAX_COMMENT = 2000

export interface FormProps {
  analysis: Analysis
  draft: Draft
  busy: boolean
  onChange: (part: Partial<Draft>) => void
  onSay: (said: Said) => void
}

interface ReviewPanelProps extends Omit<FormProps, 'busy'> {
  sending: Sending | undefined
  /** Whether the keys on the buttons do anything here. */
  keys: boolean
  drawn: boolean
  onDraw: (on: boolean) => void
}

/** Where a person says what is right, and what people have said so far. */
export function ReviewPanel({ analysis, draft, onChange, onSay, sending, keys, drawn, onDraw }: ReviewPanelProps) {
  const { review: texts, vocabulary } = useTexts()
  const [naming, setNaming] = useState(false)
  const busy = sending?.is === 'sending'
  const { voided } = analysis.effective
  /** A person has said something else: confirming means to say that the analyzer was right after all. */
  const overruled = analysis.effective.source === 'human' && !isConfirmed(analysis)
  const form = { analysis, draft, busy, onChange, onSay }
  const toggle = (mode: Mode) => onChange({ mode: draft.mode === mode ? 'none' : mode })
  const model = vocabulary.verdicts[analysis.defect_detected ? 'ng' : 'ok'].name
  return (
    <div data-print="no">
      <Panel title={texts.panel} aside={<ReviewerName naming={naming} onNaming={() => setNaming(!naming)} />}>
        <div className={classes.panel} aria-busy={busy}>
          {naming && <NameForm onDone={() => setNaming(false)} />}
          {sending?.is === 'failed' && <FailedNote problem={sending.problem} />}
          <Textarea
            label={texts.comment}
            rows={1}
            maxLength={MAX_COMMENT}
            classNames={{ input: classes.comment }}
            value={draft.comment}
            onChange={(event) => onChange({ comment: event.currentTarget.value })}
          />
          {voided ? (
            <Button
              mih={44}
              loading={busy}
              leftSection={<IconFlaskOff size={20} aria-hidden />}
              onClick={() => onSay({ kind: 'reinstate' })}
            >
              {texts.reinstate}
            </Button>
          ) : (
            <div className={classes.decisions}>
              <Button
                mih={44}
                disabled={busy || draft.mode === 'correct'}
                aria-keyshortcuts={keys ? 'A' : undefined}
                leftSection={<IconCheck size={20} aria-hidden />}
                rightSection={keys && <KeyCap name="A" />}
                onClick={() => onSay({ kind: 'confirm' })}
              >
                {overruled ? texts.confirmAnalyzer(model) : texts.confirm(model)}
              </Button>
              <Button
                variant="default"
                mih={44}
                disabled={busy}
                aria-expanded={draft.mode === 'correct'}
                aria-keyshortcuts={keys ? 'R' : undefined}
                leftSection={<IconPencil size={20} aria-hidden />}
                rightSection={keys && <KeyCap name="R" />}
                onClick={() => toggle('correct')}
              >
                {texts.correct}
              </Button>
              <Button
                variant="default"
                mih={44}
                disabled={busy || draft.mode === 'correct'}
                aria-keyshortcuts={keys ? 'U' : undefined}
                leftSection={<IconQuestionMark size={20} aria-hidden />}
                rightSection={keys && <KeyCap name="U" />}
                onClick={() => onSay({ kind: 'unsure' })}
              >
                {texts.unsure}
              </Button>
            </div>
          )}
          {!voided && draft.mode === 'correct' && (
            <CorrectionForm {...form} keys={keys} drawn={drawn} onDraw={onDraw} />
          )}
          <div className={classes.others}>
            {!voided && (
              <Button
                variant="subtle"
                mih={44}
                disabled={busy}
                aria-expanded={draft.mode === 'void'}
                leftSection={<IconFlask size={20} aria-hidden />}
                onClick={() => toggle('void')}
              >
                {texts.void}
              </Button>
            )}
            {!voided && (
              <Button
                variant="subtle"
                mih={44}
                disabled={busy}
                aria-expanded={draft.mode === 'sku'}
                leftSection={<IconTag size={20} aria-hidden />}
                onClick={() => toggle('sku')}
              >
                {texts.wrongSku}
              </Button>
            )}
          </div>
          {!voided && draft.mode === 'void' && <VoidForm {...form} />}
          {!voided && draft.mode === 'sku' && <SkuForm {...form} />}
          <HistoryList analysis={analysis} />
        </div>
      </Panel>
    </div>
  )
}
