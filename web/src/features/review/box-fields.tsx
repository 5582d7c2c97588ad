import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { BoundingBox } from '../../api/types.ts'
import classes from './box-fields.module.css'
import { useReviewTexts } from './texts.ts'

interface Size {
  width: number
  height: number
}

const FIELDS = ['x', 'y', 'width', 'height'] as const
type Field = (typeof FIELDS)[number]

/** The box with one number changed, as far as the picture goes. */
function withNumber(box: BoundingBox, field: Field, value: number, picture: Size): BoundingBox {
  const next = { ...box, [field]: value }
  const x = Math.min(Math.max(next.x, 0), picture.width - 1)
  const y = Math.min(Math.max(next.y, 0), picture.height - 1)
  return {
    x,
    y,
    width: Math.min(Math.max(next.width, 1), picture.width - x),
    height: Math.min(Math.max(next.height, 1), picture.height - y),
  }
}

interface BoxFieldsProps {
  box: BoundingBox | null
  picture: Size
  onChange: (box: BoundingBox) => void
}

/** Where the chosen defect is, by numbers: for whoever neither drags nor presses arrows. */
export function BoxFields({ box, picture, onChange }: BoxFieldsProps) {
  const texts = useReviewTexts().box
  const shown = box ?? { x: 0, y: 0, width: picture.width, height: picture.height }
  return (
    <fieldset className={classes.numbers} aria-label={texts.title}>
      {FIELDS.map((field) => (
        <NumberField
          key={field}
          label={texts.fields[field]}
          value={box ? box[field] : null}
          onChange={(value) => onChange(withNumber(shown, field, value, picture))}
        />
      ))}
    </fieldset>
  )
}

interface NumberFieldProps {
  label: string
  value: number | null
  onChange: (value: number) => void
}

/** Takes whole pixels; what is typed so far may be none yet. */
function NumberField({ label, value, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      min={0}
      step={1}
      label={label}
      value={typed ?? value ?? ''}
      onChange={(event) => {
        const { value: text, valueAsNumber: number } = event.currentTarget
        setTyped(text)
        if (Number.isInteger(number)) onChange(number)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
