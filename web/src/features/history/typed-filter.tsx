import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

const PAUSE_MS = 350

interface TypedFilterProps {
  type: 'date' | 'search'
  label: string
  placeholder?: string
  className?: string
  maxLength?: number
  value: string
  /** What is typed so far may not be a value yet. */
  accepts?: (text: string) => boolean
  onChange: (value: string) => void
}

/** A filter that is typed: it takes effect when the typing pauses, or on leaving the field. */
export function TypedFilter({ value, accepts = () => true, onChange, ...input }: TypedFilterProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [applied, setApplied] = useState(value)
  const [shown, setShown] = useState(value)
  // The address has changed by other means (back, clear): what was typed no longer counts.
  if (value !== shown) {
    setShown(value)
    if (value !== applied) setTyped(null)
  }
  const apply = (text: string) => {
    if (text === value || (text !== '' && !accepts(text))) return
    setApplied(text)
    onChange(text)
  }
  const applyLater = useDebouncedCallback(apply, PAUSE_MS)
  return (
    <TextInput
      maxLength={200}
      {...input}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        applyLater(event.currentTarget.value)
      }}
      onBlur={() => {
        if (typed !== null) apply(typed)
        setTyped(null)
      }}
    />
  )
}
