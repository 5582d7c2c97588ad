import { Button, Checkbox, Radio, Text } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import { defectTypes, severities } from '../../components/codes.ts'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useTexts } from '../../language/use-language.ts'
import { BoxFields } from './box-fields.tsx'
import classes from './correction-form.module.css'
import { correctionOf, correctsAnything } from './draft.ts'
import panel from './review-panel.module.css'
import type { FormProps } from './review-panel.tsx'
import { digitOf } from './type-keys.ts'

interface CorrectionFormProps extends FormProps {
  keys: boolean
  drawn: boolean
  onDraw: (on: boolean) => void
}

/** How a radio button and a check box look here. */
const choice = { size: 'md', classNames: { body: classes.choice } } as const

/** What is right in place of what stands: defect or none, which, how severe, and where. */
export function CorrectionForm({ analysis, draft, busy, onChange, onSay, keys, drawn, onDraw }: CorrectionFormProps) {
  const { review: texts, vocabulary } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const correction = correctionOf(draft)
  const changed = correctsAnything(draft, analysis)
  const problem = correction === null ? texts.incomplete : changed ? null : texts.unchanged

  // From the keys to the form: Enter then saves. Also when a digit chose the type.
  const chosen = `${draft.defect} ${draft.type}`
  useEffect(() => {
    void chosen
    const checked = (name: string) => form.current?.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)
    const current = checked('type') ?? checked('defect')
    const inForm = form.current?.contains(document.activeElement)
    if (current && !inForm) current.focus({ preventScroll: true })
  }, [chosen])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (correction && changed && !busy) onSay({ kind: 'correct', ...correction })
  }
  return (
    <form ref={form} className={panel.form} onSubmit={submit} aria-label={texts.correct}>
      <Radio.Group
        name="defect"
        label={texts.isDefect}
        value={draft.defect ? 'yes' : 'no'}
        onChange={(value) => onChange({ defect: value === 'yes' })}
      >
        <div className={classes.choices}>
          <Radio {...choice} value="yes" label={texts.defectYes} />
          <Radio {...choice} value="no" label={<Keyed text={texts.defectNo} digit={keys ? '0' : null} />} />
        </div>
      </Radio.Group>
      {draft.defect && (
        <>
          <Radio.Group
            name="type"
            label={texts.type}
            value={draft.type ?? ''}
            onChange={(value) => onChange({ type: defectTypes.find((code) => code === value) ?? null })}
          >
            <div className={classes.choices}>
              {defectTypes.map((code) => (
                <Radio
                  {...choice}
                  key={code}
                  value={code}
                  label={<Keyed text={vocabulary.defectTypes[code]} digit={keys ? digitOf(code) : null} />}
                />
              ))}
            </div>
          </Radio.Group>
          <Radio.Group
            name="severity"
            label={texts.severity}
            value={draft.severity ?? ''}
            onChange={(value) => onChange({ severity: severities.find((code) => code === value) ?? null })}
          >
            <div className={classes.choices}>
              {severities.map((code) => (
                <Radio
                  {...choice}
                  key={code}
                  value={code}
                  label={
                    <>
                      {vocabulary.severities[code].name}
                      <span className={classes.meaning}>{vocabulary.severities[code].meaning}</span>
                    </>
                  }
                />
              ))}
            </div>
          </Radio.Group>
          {draft.severity === 'cosmetic' && (
            <Checkbox
              {...choice}
              label={texts.tolerated}
              checked={draft.tolerated}
              onChange={(event) => onChange({ tolerated: event.currentTarget.checked })}
            />
          )}
          <BoxFields
            box={draft.box}
            picture={{ width: analysis.image_width, height: analysis.image_height }}
            drawn={drawn}
            onDraw={onDraw}
            onChange={(box) => onChange({ box })}
          />
        </>
      )}
      <Button type="submit" mih={44} loading={busy} disabled={problem !== null}>
        {texts.correctSave}
      </Button>
      <Text size="sm" role="status" className={classes.problem}>
        {problem}
      </Text>
    </form>
  )
}

/** The name of a choice, with the digit that chooses it. */
function Keyed({ text, digit }: { text: string; digit: string | null }) {
  return (
    <span className={classes.keyed}>
      {text}
      {digit && <KeyCap name={digit} />}
    </span>
  )
}
