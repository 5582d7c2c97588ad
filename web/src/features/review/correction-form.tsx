import { ActionIcon, Button, Checkbox, Text } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBoxOff,
  IconNumbers,
  IconPencil,
  IconPlus,
  IconX,
} from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { defectTypes, severities } from '../../components/codes.ts'
import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import { useTexts } from '../../language/use-language.ts'
import bar from './bar.module.css'
import { BoxFields } from './box-fields.tsx'
import { Chips } from './chips.tsx'
import { keyOfSeverity, keyOfType } from './choice-keys.ts'
import { CommentField } from './comment-field.tsx'
import classes from './correction-form.module.css'
import { DefectList } from './defect-list.tsx'
import { correctionOf, correctsAnything } from './draft.ts'
import type { FormProps } from './draft-store.ts'
import { addDefect, chosenOf, deleteDefect, setChosen } from './edits.ts'
import { useReviewTexts } from './texts.ts'

interface CorrectionFormProps extends FormProps {
  keys: boolean
  drawn: boolean
  onDraw: (on: boolean) => void
  undo: (() => void) | undefined
  redo: (() => void) | undefined
}

/** What is right in place of what stands: defect or none, which, how severe, and where. Beside the picture, in one view. */
export function CorrectionForm(props: CorrectionFormProps) {
  const { analysis, draft, busy, onChange, onSay, keys, drawn, onDraw, undo, redo } = props
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const [numbers, setNumbers] = useState(false)
  const { defect, defects } = draft
  const chosen = chosenOf(draft)
  const correction = correctionOf(draft)
  const changed = correctsAnything(draft, analysis)
  const problem = correction === null ? texts.incomplete : changed ? null : texts.unchanged

  // Keys then choose, draw and save; where somebody types, or went by Tab, the focus stays.
  useEffect(() => {
    form.current?.focus({ preventScroll: true })
  }, [])

  const save = () => {
    if (correction && changed && !busy) onSay(correction)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === form.current) save()
  }
  const cap = (key: string) => (keys ? key : null)
  return (
    <form
      ref={form}
      tabIndex={-1}
      className={classes.form}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      aria-label={texts.correct}
    >
      <div className={classes.line}>
        <Chips
          name="defect"
          label={texts.isDefect}
          value={defect ? 'yes' : 'no'}
          chips={[
            { value: 'yes', label: texts.defectYes, key: null },
            { value: 'no', label: texts.defectNo, key: cap('0') },
          ]}
          onChange={(value) => onChange({ defect: value === 'yes' })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={texts.close}
          aria-keyshortcuts="Escape"
          title={`${texts.close} (Esc)`}
          onClick={() => onChange({ mode: 'none' })}
        >
          <IconX size={20} aria-hidden />
        </ActionIcon>
      </div>
      {defect && chosen && (
        <>
          <DefectList
            defects={defects}
            chosen={draft.chosen}
            onChoose={(index) => onChange({ chosen: index })}
            onDelete={(index) => onChange(deleteDefect(draft, index))}
          />
          <div className={classes.tools} role="toolbar" aria-label={texts.box.title}>
            <Button
              variant="default"
              aria-keyshortcuts={keys ? 'N' : undefined}
              leftSection={<IconPlus size={18} aria-hidden />}
              rightSection={keys && <KeyCap name="N" />}
              onClick={() => {
                onChange(addDefect(draft))
                onDraw(true)
              }}
            >
              {texts.addDefect}
            </Button>
            <Button
              variant="default"
              aria-pressed={drawn}
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => onDraw(!drawn)}
            >
              {texts.box.draw}
            </Button>
            <ActionIcon
              variant="default"
              aria-label={texts.box.remove}
              title={texts.box.remove}
              disabled={chosen.box === null}
              onClick={() => onChange(setChosen(draft, { box: null }))}
            >
              <IconBoxOff size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={texts.box.numbers}
              title={texts.box.numbers}
              aria-expanded={numbers}
              onClick={() => setNumbers(!numbers)}
            >
              <IconNumbers size={18} aria-hidden />
            </ActionIcon>
          </div>
          {numbers && (
            <BoxFields
              box={chosen.box}
              picture={{ width: analysis.image_width, height: analysis.image_height }}
              onChange={(box) => onChange(setChosen(draft, { box }), `box ${draft.chosen}`)}
            />
          )}
          <Chips
            name="type"
            label={texts.typeOf(draft.chosen + 1)}
            value={chosen.type}
            chips={defectTypes.map((code) => ({
              value: code,
              label: vocabulary.defectTypes[code],
              key: cap(keyOfType(code)),
            }))}
            onChange={(value) => onChange(setChosen(draft, { type: defectTypes.find((code) => code === value) }))}
          />
          <Chips
            name="severity"
            label={texts.severityOf(draft.chosen + 1)}
            value={chosen.severity}
            chips={severities.map((code) => ({
              value: code,
              label: vocabulary.severities[code].name,
              title: vocabulary.severities[code].meaning,
              key: cap(keyOfSeverity(code)),
            }))}
            onChange={(value) => onChange(setChosen(draft, { severity: severities.find((code) => code === value) }))}
          />
          {defects.every(({ severity }) => severity === 'cosmetic') && (
            <Checkbox
              label={texts.tolerated}
              checked={draft.tolerated}
              onChange={(event) => onChange({ tolerated: event.currentTarget.checked })}
            />
          )}
        </>
      )}
      <CommentField draft={draft} onChange={onChange} />
      <div className={keys ? `${classes.foot} ${bar.bar}` : classes.foot}>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={texts.undo}
          aria-keyshortcuts="Control+Z"
          title={`${texts.undo} (Ctrl+Z)`}
          disabled={!undo}
          onClick={undo}
        >
          <IconArrowBackUp size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={44}
          aria-label={texts.redo}
          aria-keyshortcuts="Control+Shift+Z Control+Y"
          title={`${texts.redo} (Ctrl+Y)`}
          disabled={!redo}
          onClick={redo}
        >
          <IconArrowForwardUp size={20} aria-hidden />
        </ActionIcon>
        <Button
          type="submit"
          className={classes.save}
          mih={44}
          loading={busy}
          disabled={problem !== null}
          rightSection={keys && <KeyCap name="Enter" />}
        >
          {texts.correctSave}
        </Button>
        <Text size="sm" role="status" className={classes.problem}>
          {problem}
        </Text>
      </div>
    </form>
  )
}
