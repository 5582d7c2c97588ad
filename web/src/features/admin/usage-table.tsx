import { Table, Text } from '@mantine/core'
import type { Usage } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import { nameOf, shortOf } from './key-name.ts'
import { Meter } from './meter.tsx'
import { useAdminTexts } from './texts.ts'
import classes from './usage-table.module.css'

export type Period = 'today' | 'total'
type Spender = Usage['service']
const AMOUNTS = ['analyses', 'tokens', 'cost_usd'] as const

interface UsageTableProps {
  usage: Usage
  period: Period
}

/** The service and every key that used anything; today against the budget, the period against the one that used most. */
export function UsageTable({ usage, period }: UsageTableProps) {
  const admin = useAdminTexts()
  const texts = admin.usage
  const nameOfCaller = ({ caller, key }: Usage['callers'][number]) => {
    if (key) return nameOf(key, admin)
    return { admin: texts.adminKey, open: texts.openMode }[caller] ?? caller
  }
  if (usage.callers.length === 0 && usage.service.by_day.length === 0) return <Text c="dimmed">{texts.nothing}</Text>
  return (
    <Table className={classes.table} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          {[texts.who, texts.analyses, texts.tokens, texts.cost].map((title) => (
            <Table.Th key={title}>{title}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Row name={texts.service} spender={usage.service} all={usage.service} period={period} />
        {usage.callers.map((caller) => (
          <Row
            key={caller.caller}
            name={nameOfCaller(caller)}
            value={caller.key ? shortOf(caller.key, admin) : undefined}
            spender={caller}
            all={usage.service}
            period={period}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface RowProps {
  name: string
  /** How the key begins and ends. */
  value?: string | undefined
  spender: Spender
  /** What the whole service has used. */
  all: Spender
  period: Period
}

function Row({ name, value, spender, all, period }: RowProps) {
  const texts = useAdminTexts().usage
  const { number, dollars } = useFormats()
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span className={classes.name}>{name}</span>
        {value && <code className={classes.value}>{value}</code>}
      </Table.Th>
      {AMOUNTS.map((amount) => {
        const format = amount === 'cost_usd' ? dollars : number
        const used = spender[period][amount]
        const budget = period === 'today' ? spender.budget[amount] : null
        return (
          <Table.Td key={amount} className={classes.figure}>
            <span>{format(used)}</span>
            {period === 'today' && (
              <span className={classes.budget}>{budget === null ? texts.noBudget : texts.of(format(budget))}</span>
            )}
            {(budget !== null || period === 'total') && (
              <Meter value={used} max={budget ?? all.total[amount]} limited={budget !== null} />
            )}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}
