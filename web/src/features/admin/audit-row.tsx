import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { AuditEntry } from '../../api/types.ts'
import { Tag } from '../../components/tag.tsx'
import { useFormats } from '../../language/use-language.ts'
import { KINDS } from './audit-filters.tsx'
import classes from './audit-log.module.css'
import { useAdminTexts } from './texts.ts'
import type { OUTCOMES } from './use-audit-address.ts'

const LOOKS = {
  success: { tone: 'good', icon: IconCircleCheck },
  refused: { tone: 'warn', icon: IconAlertTriangle },
  failed: { tone: 'bad', icon: IconCircleX },
} as const

const outcomeOf = (status: number): (typeof OUTCOMES)[number] =>
  status < 400 ? 'success' : status < 500 ? 'refused' : 'failed'

/** One call, or a sum of refused ones: when, who, what, and what came of it. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const texts = useAdminTexts()
  const { audit } = texts
  const { exactTime, number } = useFormats()
  const { actor, key, person, method, endpoint, status, calls } = entry
  const kind = KINDS.find((one) => one === actor)
  const by = kind ? audit.actors[kind] : key?.trim() || texts.untitled
  return (
    <li className={classes.row}>
      <time dateTime={entry.timestamp}>{exactTime(entry.timestamp, undefined)}</time>
      <div className={classes.who}>
        <span>{person ?? by}</span>
        {person && <span className={classes.small}>{by}</span>}
      </div>
      <div className={classes.what}>
        {endpoint ? (
          <code>
            {method} {endpoint}
          </code>
        ) : (
          <span>{audit.sum(number(calls))}</span>
        )}
      </div>
      {status !== null && (
        <Tag {...LOOKS[outcomeOf(status)]}>
          {audit.outcomes[outcomeOf(status)]} · {status}
        </Tag>
      )}
      <div className={classes.from}>
        <span>{entry.ip_address ?? audit.noAddress}</span>
        {entry.request_id && <code className={classes.small}>{entry.request_id}</code>}
      </div>
    </li>
  )
}
