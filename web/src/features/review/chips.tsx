import { KeyCap } from '../../components/shortcuts/key-cap.tsx'
import classes from './chips.module.css'

export interface Chip {
  value: string
  label: string
  /** What it means, for who points at it. */
  title?: string
  /** Null where no key chooses it. */
  key: string | null
}

interface ChipsProps {
  name: string
  label: string
  value: string | null
  chips: readonly Chip[]
  onChange: (value: string) => void
}

/** Radio buttons in few lines: each is its word, with the key that chooses it. */
export function Chips({ name, label, value, chips, onChange }: ChipsProps) {
  return (
    <div role="radiogroup" aria-label={label} className={classes.chips}>
      {chips.map((chip) => (
        <label key={chip.value} className={classes.chip} title={chip.title}>
          <input
            type="radio"
            name={name}
            value={chip.value}
            checked={chip.value === value}
            aria-keyshortcuts={chip.key?.toUpperCase()}
            onChange={() => onChange(chip.value)}
          />
          {chip.label}
          {chip.key && <KeyCap name={chip.key.toUpperCase()} />}
        </label>
      ))}
    </div>
  )
}
