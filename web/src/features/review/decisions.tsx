import { Button } from '@mantine/core'
import { IconCheck, IconChevronRight, IconPencil, IconQuestionMark } from '@tabler/icons-react'
import type { Analysis } from '../../api/types.ts'
import { analyzersWord } from '../../components/judgement.ts'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useTexts } from '../../language/use-language.ts'
import bar from './bar.module.css'
import type { Said } from './draft.ts'
import classes from './review-panel.module.css'
import { useReviewTexts } from './texts.ts'

interface DecisionsProps {
  analysis: Analysis
  busy: boolean
  keys: boolean
  /** To the next part; undefined where there is none. */
  onNext: (() => void) | undefined
  onCorrect: () => void
  onSay: (said: Said) => void
}

/** What a person does at once. Once a person has judged, the main button goes on, and never says that the analyzer was right. */
export function Decisions({ analysis, busy, keys, onNext, onCorrect, onSay }: DecisionsProps) {
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  const judged = analysis.effective.source === 'human'
  const cap = (name: string) => keys && <KeyCap name={name} />
  const shortcut = (name: string) => (keys ? name : undefined)
  return (
    <div className={keys ? `${classes.decisions} ${bar.bar}` : classes.decisions}>
      {!judged && (
        <Button
          mih={44}
          disabled={busy}
          aria-keyshortcuts={shortcut('A')}
          leftSection={<IconCheck size={20} aria-hidden />}
          rightSection={cap('A')}
          onClick={() => onSay({ kind: 'confirm' })}
        >
          {texts.confirm(vocabulary.verdicts[analyzersWord(analysis)].name)}
        </Button>
      )}
      {judged && onNext && (
        <Button
          mih={44}
          aria-keyshortcuts={shortcut('J')}
          leftSection={<IconChevronRight size={20} aria-hidden />}
          rightSection={cap('J')}
          onClick={onNext}
        >
          {texts.nextPart}
        </Button>
      )}
      <Button
        variant={judged && !onNext ? 'filled' : 'default'}
        mih={44}
        disabled={busy}
        aria-keyshortcuts={shortcut('R')}
        leftSection={<IconPencil size={20} aria-hidden />}
        rightSection={cap('R')}
        onClick={onCorrect}
      >
        {judged ? texts.changeAgain : texts.correct}
      </Button>
      <Button
        variant="default"
        mih={44}
        disabled={busy}
        aria-keyshortcuts={shortcut('U')}
        leftSection={<IconQuestionMark size={20} aria-hidden />}
        rightSection={cap('U')}
        onClick={() => onSay({ kind: 'unsure' })}
      >
        {texts.unsure}
      </Button>
    </div>
  )
}
