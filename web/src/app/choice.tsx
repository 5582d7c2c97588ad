import { VisuallyHidden } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import classes from './choice.module.css'

interface ChoiceProps<Value extends string> {
  icon: TablerIcon
  label: string
  value: Value
  options: readonly { value: Value; name: string; lang?: string }[]
  /** On a narrow screen only the icon is shown. */
  compact?: boolean
  onChange: (value: Value) => void
}

/** A small select of the header. */
export function Choice<Value extends string>({
  icon: Icon,
  label,
  value,
  options,
  compact,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <label className={classes.choice} title={label} data-compact={compact}>
      <Icon size={20} aria-hidden />
      <VisuallyHidden>{label}</VisuallyHidden>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  )
}
