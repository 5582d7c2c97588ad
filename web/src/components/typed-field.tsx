import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface TypedFieldProps {
  type: 'date' | 'search'
  label: string
  placeholder?: string
  value: string
  maxLength?: number
  /** What is typed so far may not be a value yet. */
  accepts?: (text: string) => boolean
  onChange: (value: string) => void
}

/** A field that counts on leaving it or by Enter: while it is typed, it is a wrong one. */
export function TypedField({ value, accepts = () => true, onChange, ...input }: TypedFieldProps) {
  const [typed, setTyped] = useState(value)
  const [shown, setShown] = useState(value)
  // The address has changed by other means (back, clear): what was typed no longer counts.
  if (value !== shown) {
    setShown(value)
    setTyped(value)
  }
  const apply = () => {
    const text = typed.trim()
    if (text !== value && (text === '' || accepts(text))) onChange(text)
  }
  return (
    <TextInput
      {...input}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply()
      }}
    />
  )
}
