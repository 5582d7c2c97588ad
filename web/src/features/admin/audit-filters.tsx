import { Button, NativeSelect } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { keysQuery } from '../../api/admin.ts'
import { TypedField } from '../../components/typed-field.tsx'
import { isDay } from '../../language/formats.ts'
import classes from './audit-log.module.css'
import { nameOf, shortOf } from './key-name.ts'
import { useAdminTexts } from './texts.ts'
import { ACTIONS, AUDIT_FILTERS, type AuditFilterName, OUTCOMES, type useAuditAddress } from './use-audit-address.ts'

/** Callers that are no key. */
export const KINDS = ['admin', 'open', 'image-link', 'anonymous'] as const

export function AuditFilterBar({ filters, set, clear }: ReturnType<typeof useAuditAddress>) {
  const texts = useAdminTexts()
  const { audit } = texts
  const { data: keys = [] } = useQuery(keysQuery)
  const actors = [
    ...KINDS.map((kind) => ({ value: kind as string, label: audit.actors[kind] })),
    ...keys.map((key) => ({ value: `key:${key.id}`, label: `${nameOf(key, texts)} · ${shortOf(key, texts)}` })),
  ]
  // One of an address typed by hand is shown as it is.
  if (filters.actor && !actors.some(({ value }) => value === filters.actor)) {
    actors.push({ value: filters.actor, label: filters.actor })
  }
  const typed = (name: AuditFilterName, type: 'date' | 'search') => (
    <TypedField
      type={type}
      label={audit.names[name]}
      value={filters[name]}
      maxLength={100}
      accepts={type === 'date' ? isDay : () => true}
      onChange={(value) => set(name, value)}
    />
  )
  const chosen = (name: AuditFilterName, data: { value: string; label: string }[]) => (
    <NativeSelect
      label={audit.names[name]}
      value={filters[name]}
      data={[{ value: '', label: audit.any }, ...data]}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  )
  return (
    <search className={classes.filters} aria-label={audit.filters}>
      {typed('from', 'date')}
      {typed('to', 'date')}
      {chosen('actor', actors)}
      {typed('person', 'search')}
      {chosen(
        'action',
        ACTIONS.map((action) => ({ value: action, label: audit.actions[action] })),
      )}
      {typed('endpoint', 'search')}
      {chosen(
        'outcome',
        OUTCOMES.map((outcome) => ({ value: outcome, label: audit.outcomes[outcome] })),
      )}
      {AUDIT_FILTERS.some((name) => filters[name]) && (
        <Button variant="subtle" onClick={clear} leftSection={<IconFilterOff size={18} aria-hidden />}>
          {audit.clear}
        </Button>
      )}
    </search>
  )
}
