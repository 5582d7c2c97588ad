import { Button } from '@mantine/core'
import { IconBan, IconCircleCheck, IconClockOff, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ApiKey } from '../../api/types.ts'
import { Tag, type Tone } from '../../components/tag.tsx'
import { useFormats } from '../../language/use-language.ts'
import { type KeyState, nameOf, shortOf, stateOf } from './key-name.ts'
import classes from './key-row.module.css'
import { useAdminTexts } from './texts.ts'

const looks: Record<KeyState, { tone: Tone; icon: typeof IconBan }> = {
  active: { tone: 'good', icon: IconCircleCheck },
  expired: { tone: 'neutral', icon: IconClockOff },
  revoked: { tone: 'neutral', icon: IconBan },
}

interface KeyRowProps {
  apiKey: ApiKey
  onChange: () => void
  onRotate: () => void
  onRevoke: () => void
}

/** One key: what it is, what it may do and use, and until when. */
export function KeyRow({ apiKey, onChange, onRotate, onRevoke }: KeyRowProps) {
  const texts = useAdminTexts()
  const name = nameOf(apiKey, texts)
  const state = stateOf(apiKey)
  const change = { ...texts.change, icon: IconPencil, onClick: onChange }
  const actions = {
    active: [
      change,
      { ...texts.rotate, icon: IconRefresh, onClick: onRotate },
      { ...texts.revoke, icon: IconTrash, onClick: onRevoke },
    ],
    // It may be given more time.
    expired: [change],
    revoked: [],
  }[state]
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <h3>{name}</h3>
        <Tag {...looks[state]}>{texts.states[state]}</Tag>
        <code>{shortOf(apiKey, texts)}</code>
      </div>
      <dl className={classes.facts}>
        {useFacts(apiKey).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {actions.length > 0 && (
        <div className={classes.actions}>
          {actions.map(({ action, icon: Icon, onClick }) => (
            <Button
              key={action}
              variant="default"
              onClick={onClick}
              aria-label={texts.actionOf(action, name)}
              leftSection={<Icon size={18} aria-hidden />}
            >
              {action}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}

function useFacts(key: ApiKey): [term: string, value: ReactNode][] {
  const texts = useAdminTexts()
  const { number, dollars, time } = useFormats()
  const { facts, amounts, by } = texts
  const at = (iso: string | null) => iso && time(iso, undefined)
  const lines = (items: (string | number | null)[]) => {
    const said = items.filter((item) => typeof item === 'string')
    return said.length > 0 ? said.map((item) => <span key={item}>{item}</span>) : texts.none
  }
  const maker = { admin: by.admin, open: by.open }[key.created_by ?? ''] ?? by.key
  const created = at(key.created_at)
  const all: [string, ReactNode][] = [
    [facts.scopes, lines(key.scopes.map((scope) => texts.scopes[scope].name))],
    [
      facts.limits,
      lines([
        texts.perMinute(number(key.rate_limit)),
        key.model_rate_limit && texts.modelPerMinute(number(key.model_rate_limit)),
      ]),
    ],
    [
      facts.budget,
      lines([
        key.daily_analyses && amounts.analyses(number(key.daily_analyses)),
        key.daily_tokens && amounts.tokens(number(key.daily_tokens)),
        key.daily_cost_usd && amounts.cost_usd(dollars(key.daily_cost_usd)),
      ]),
    ],
    [facts.created, created && (key.created_by ? texts.createdBy(created, maker) : created)],
    [facts.expires, at(key.expires_at) ?? texts.never],
    [facts.lastUsed, at(key.last_used_at) ?? texts.neverUsed],
    [facts.previous, at(key.previous_expires_at)],
    [facts.revoked, at(key.revoked_at)],
  ]
  return all.filter(([, value]) => value)
}
