import { Button, Textarea } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Language } from '../../../api/types.ts'
import { useTexts } from '../../../language/use-language.ts'
import classes from './explanation.module.css'
import { useExplanationTexts } from './texts.ts'
import { type Entered, isEmpty, WORDS } from './words.ts'

/** As many characters as the service takes of one text. */
const MOST = 2000

interface ExplanationFormProps {
  entered: Entered
  lang: Language
  busy: boolean
  onChange: (part: Partial<Entered>) => void
  onSave: () => void
  onCancel: () => void
}

/** Causes and actions, to be rewritten. */
export function ExplanationForm({ entered, lang, busy, onChange, onSave, onCancel }: ExplanationFormProps) {
  const texts = useExplanationTexts()
  const { result } = useTexts()
  const first = useRef<HTMLTextAreaElement>(null)
  useEffect(() => first.current?.focus(), [])
  const labels: Record<keyof Entered, string> = {
    root_cause: result.rootCause,
    five_why_chain: result.fiveWhys,
    corrective_actions: result.corrective,
    preventive_actions: result.preventive,
  }
  const empty = isEmpty(entered)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      <h2>{texts.title}</h2>
      <div className={classes.fields}>
        {WORDS.map((name) => (
          <Textarea
            key={name}
            ref={name === 'root_cause' ? first : undefined}
            label={labels[name]}
            description={name === 'root_cause' ? undefined : texts.onePerLine}
            lang={lang}
            maxLength={name === 'root_cause' ? MOST : undefined}
            rows={name === 'root_cause' ? 3 : 5}
            value={entered[name]}
            disabled={busy}
            onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div className={classes.bar}>
        <Button
          type="submit"
          mih={44}
          loading={busy}
          disabled={empty}
          leftSection={<IconDeviceFloppy size={20} aria-hidden />}
        >
          {texts.save}
        </Button>
        <Button variant="default" mih={44} disabled={busy} onClick={onCancel}>
          {texts.cancel}
        </Button>
        {empty && <p>{texts.empty}</p>}
      </div>
    </form>
  )
}
