import { Button } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Analysis } from '../../../api/types.ts'
import { ProblemNote } from '../../../components/problem-note.tsx'
import { Conflict } from './conflict.tsx'
import classes from './explanation.module.css'
import { ExplanationForm } from './form.tsx'
import { useExplanationTexts } from './texts.ts'
import { useExplaining } from './use-explaining.ts'
import { type Entered, enteredOf, isEmpty, saidOf, wordsOf } from './words.ts'

/** What a person has begun to write, and on which state. */
interface Begun {
  entered: Entered
  /** Null: confirmed as it stood. */
  after: string | null
}

/** Where a person confirms causes and actions, or says what they are: apart from the verdict. */
export default function Explanation({ analysis }: { analysis: Analysis }) {
  const texts = useExplanationTexts()
  const { defect_id: id, explanation } = analysis
  const words = wordsOf(analysis)
  const nothing = isEmpty(enteredOf(words))
  const newest = explanation?.id ?? null
  const [begun, setBegun] = useState<Begun | null>(null)
  const done = () => setBegun(null)
  const { send, busy, faster, error, forget } = useExplaining(id, done)
  const close = () => {
    forget()
    done()
  }
  /** Over whatever stands now, as the person has seen it. */
  const save = (after: string | null) =>
    send({ ...(begun && { ...saidOf(begun.entered), language: words.language }), after })
  if (faster && explanation) {
    return (
      <Conflict
        explanation={explanation}
        facility={analysis.facility}
        mine={begun && saidOf(begun.entered)}
        busy={busy}
        onKeepTheirs={close}
        onSendMine={() => save(newest)}
      />
    )
  }
  return (
    <section className={classes.explanation} aria-label={texts.title} data-print="no">
      {error && <ProblemNote title={texts.failed} error={error} />}
      {begun ? (
        <ExplanationForm
          entered={begun.entered}
          lang={words.language}
          busy={busy}
          onChange={(part) => setBegun({ ...begun, entered: { ...begun.entered, ...part } })}
          onSave={() => save(begun.after)}
          onCancel={close}
        />
      ) : (
        <div className={classes.bar}>
          {!explanation && <p>{nothing ? texts.nothing : texts.draft}</p>}
          {!explanation && !nothing && (
            <Button
              mih={44}
              loading={busy}
              leftSection={<IconCheck size={20} aria-hidden />}
              onClick={() => save(newest)}
            >
              {texts.confirm}
            </Button>
          )}
          <Button
            variant="default"
            mih={44}
            disabled={busy}
            leftSection={<IconPencil size={20} aria-hidden />}
            onClick={() => setBegun({ entered: enteredOf(words), after: newest })}
          >
            {nothing ? texts.write : texts.change}
          </Button>
        </div>
      )}
    </section>
  )
}
