import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import classes from './key-form.module.css'
import { type KeyValues, LIMITS, SCOPES } from './key-values.ts'
import { useAdminTexts } from './texts.ts'

const FIELDS = {
  rate_limit: { text: 'rateLimit', hint: 'rateLimitHint', max: 1_000_000, decimals: 0 },
  model_rate_limit: { text: 'modelLimit', hint: null, max: 1_000_000, decimals: 0 },
  daily_analyses: { text: 'analyses', hint: 'budgetHint', max: 2_147_483_647, decimals: 0 },
  daily_tokens: { text: 'tokens', hint: 'budgetHint', max: Number.MAX_SAFE_INTEGER, decimals: 0 },
  daily_cost_usd: { text: 'cost', hint: 'budgetHint', max: 100_000, decimals: 2 },
} as const

interface KeyFormProps {
  title: string
  submit: string
  initial: KeyValues
  /** Of a key that there is: it has a name and a limit already, and the limits are what is changed most. */
  known: boolean
  busy: boolean
  /** Why it could not be stored. */
  problem: ReactNode
  onSubmit: (values: KeyValues) => void
  onCancel: () => void
}

/** What a key is for, may do and may use. */
export function KeyForm({ title, submit, initial, known, busy, problem, onSubmit, onCancel }: KeyFormProps) {
  const { form: texts, scopes: meanings } = useAdminTexts()
  const [values, setValues] = useState(initial)
  const set = (part: Partial<KeyValues>) => setValues({ ...values, ...part })
  const { name, scopes, limits, lastDay } = values
  return (
    <form
      className={classes.form}
      data-known={known}
      aria-label={title}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        onSubmit(values)
      }}
    >
      <Stack>
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          required={!known}
          maxLength={255}
          value={name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={texts.scopes}
          value={scopes}
          onChange={(chosen) => set({ scopes: chosen })}
          error={scopes.length === 0 ? texts.noScope : undefined}
        >
          <Stack gap="xs" mt="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={meanings[scope].name} description={meanings[scope].meaning} />
            ))}
          </Stack>
        </Checkbox.Group>
        <details className={classes.more} open={known}>
          <summary>{texts.limits}</summary>
          <div className={classes.limits}>
            {LIMITS.map((field) => {
              const { text, hint, max, decimals } = FIELDS[field]
              return (
                <NumberInput
                  key={field}
                  label={texts[text]}
                  description={hint && texts[hint]}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  required={known && field === 'rate_limit'}
                  min={decimals > 0 ? 0.01 : 1}
                  max={max}
                  decimalScale={decimals}
                  hideControls
                  value={limits[field] ?? ''}
                  onChange={(value) => set({ limits: { ...limits, [field]: value } })}
                />
              )
            })}
            <TextInput
              type="date"
              label={texts.expires}
              description={texts.expiresHint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={lastDay}
              onChange={(event) => set({ lastDay: event.currentTarget.value })}
            />
          </div>
        </details>
        {problem}
        <Group>
          <Button type="submit" loading={busy} disabled={scopes.length === 0}>
            {submit}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
