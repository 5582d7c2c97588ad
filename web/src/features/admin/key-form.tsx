import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createKey, type NewKey } from '../../api/admin.ts'
import type { KeySettings, Scope } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { startOfDay } from '../../language/formats.ts'
import classes from './key-form.module.css'
import { useAdminTexts } from './texts.ts'

const SCOPES: Scope[] = ['analyse', 'read', 'admin']
const LIMITS = [
  { field: 'rate_limit', text: 'rateLimit', hint: 'rateLimitHint', max: 1_000_000, decimals: 0 },
  { field: 'model_rate_limit', text: 'modelLimit', hint: null, max: 1_000_000, decimals: 0 },
  { field: 'daily_analyses', text: 'analyses', hint: 'budgetHint', max: 2_147_483_647, decimals: 0 },
  { field: 'daily_tokens', text: 'tokens', hint: 'budgetHint', max: Number.MAX_SAFE_INTEGER, decimals: 0 },
  { field: 'daily_cost_usd', text: 'cost', hint: 'budgetHint', max: 100_000, decimals: 2 },
] as const
type Limit = (typeof LIMITS)[number]['field']

interface KeyFormProps {
  onMade: (made: NewKey) => void
  onCancel: () => void
}

/** What a new key is for, may do and may use. What is left empty is not sent: the service has its defaults. */
export function KeyForm({ onMade, onCancel }: KeyFormProps) {
  const { form: texts, scopes: meanings } = useAdminTexts()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['analyse', 'read'])
  const [limits, setLimits] = useState<Partial<Record<Limit, number | string>>>({})
  const [lastDay, setLastDay] = useState('')
  const creating = useMutation({ mutationFn: createKey, onSuccess: onMade, gcTime: 0 })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const settings: KeySettings = {
      description: name.trim(),
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    }
    for (const { field } of LIMITS) if (limits[field]) settings[field] = Number(limits[field])
    if (lastDay) settings.expires_at = startOfDay(lastDay, undefined, 1).toISOString()
    creating.mutate(settings)
  }
  return (
    <form onSubmit={submit} className={classes.form} aria-label={texts.title}>
      <Stack>
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          required
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={texts.scopes}
          value={scopes}
          onChange={setScopes}
          error={scopes.length === 0 ? texts.noScope : undefined}
        >
          <Stack gap="xs" mt="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={meanings[scope].name} description={meanings[scope].meaning} />
            ))}
          </Stack>
        </Checkbox.Group>
        <details className={classes.more}>
          <summary>{texts.limits}</summary>
          <div className={classes.limits}>
            {LIMITS.map(({ field, text, hint, max, decimals }) => (
              <NumberInput
                key={field}
                label={texts[text]}
                description={hint && texts[hint]}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                min={decimals > 0 ? 0.01 : 1}
                max={max}
                decimalScale={decimals}
                hideControls
                value={limits[field] ?? ''}
                onChange={(value) => setLimits({ ...limits, [field]: value })}
              />
            ))}
            <TextInput
              type="date"
              label={texts.expires}
              description={texts.expiresHint}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={lastDay}
              onChange={(event) => setLastDay(event.currentTarget.value)}
            />
          </div>
        </details>
        {creating.isError && <ProblemNote title={texts.failed} error={creating.error} />}
        <Group>
          <Button type="submit" loading={creating.isPending} disabled={scopes.length === 0}>
            {texts.submit}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
