import { Table } from '@mantine/core'
import { USAGE_DAYS } from '../../api/admin.ts'
import type { Usage } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import { useAdminTexts } from './texts.ts'
import classes from './usage-chart.module.css'

const DAY_MS = 86_400_000

/** Every day of the period, those without use too. */
function everyDay({ from, service }: Usage) {
  const used = new Map(service.by_day.map((one) => [one.day, one]))
  return Array.from({ length: USAGE_DAYS }, (_, i) => {
    const day = new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10)
    return used.get(day) ?? { day, analyses: 0, tokens: 0, cost_usd: 0 }
  })
}

/** The analyses of each day as bars, and all figures as a table. */
export function UsageChart({ usage }: { usage: Usage }) {
  const texts = useAdminTexts().usage
  const { number, dollars, utcDay } = useFormats()
  const days = everyDay(usage)
  const most = days.reduce((a, b) => (b.analyses > a.analyses ? b : a))
  if (most.analyses === 0) return null
  const label = `${texts.chart(days.length)}. ${texts.most(number(most.analyses), utcDay(most.day))}`
  return (
    <figure className={classes.figure}>
      <figcaption>{label}</figcaption>
      <div className={classes.bars} role="img" aria-label={label}>
        {days.map(({ day, analyses }) => (
          <span
            key={day}
            title={`${utcDay(day)}: ${number(analyses)}`}
            style={{ height: `${(100 * analyses) / most.analyses}%` }}
          />
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{utcDay(usage.from)}</span>
        <span>{utcDay(usage.to)}</span>
      </div>
      <details>
        <summary>{texts.asTable}</summary>
        <Table className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {[texts.day, texts.analyses, texts.tokens, texts.cost].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {usage.service.by_day.toReversed().map((one) => (
              <Table.Tr key={one.day}>
                <Table.Th scope="row">{utcDay(one.day)}</Table.Th>
                <Table.Td>{number(one.analyses)}</Table.Td>
                <Table.Td>{number(one.tokens)}</Table.Td>
                <Table.Td>{dollars(one.cost_usd)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </figure>
  )
}
