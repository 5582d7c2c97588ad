import { Button, Table } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { InView } from '../../../components/in-view.tsx'
import { Panel } from '../../../components/panel.tsx'
import { useDashboardTexts } from '../texts.ts'
import classes from './chart-panel.module.css'

export interface ChartTable {
  columns: string[]
  /** The first cell names the row, and leads to the history where `to` is given. */
  rows: { key: string; cells: string[]; to?: string }[]
}

interface ChartPanelProps {
  title: string
  /** One sentence that says what the chart shows. */
  summary: string
  /** Of a chart that is drawn: what lies across, and what upwards, with their units. */
  axes?: [across: string, upwards: string]
  table: ChartTable
  /** The points are links in the picture, which arrow keys move between. */
  keys?: boolean
  /** Below the chart. */
  children: ReactNode
  foot?: ReactNode
  /** As wide as the page, or on paper alone. */
  wide?: boolean | 'paper'
  /** list: as high as its rows. */
  size?: 'tall' | 'list'
}

/** A chart with its summary, and the same figures as a table. */
export function ChartPanel({ title, summary, axes, table, keys = false, foot, wide, size, children }: ChartPanelProps) {
  const texts = useDashboardTexts()
  const [asTable, setAsTable] = useState(false)
  return (
    <div className={classes.frame} data-wide={wide}>
      <Panel
        title={title}
        aside={
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`${asTable ? texts.asChart : texts.asTable}: ${title}`}
            leftSection={asTable ? <IconChartBar size={18} aria-hidden /> : <IconTable size={18} aria-hidden />}
            onClick={() => setAsTable(!asTable)}
            data-print="no"
          >
            {asTable ? texts.asChart : texts.asTable}
          </Button>
        }
      >
        <p className={classes.summary}>{summary}</p>
        {asTable ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is scrolled must be so by keys, too.
          <section className={classes.table} data-size={size} aria-label={summary} tabIndex={0}>
            <FigureTable {...table} />
          </section>
        ) : (
          <>
            {axes && <p className={classes.axis}>{axes[1]}</p>}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus between the links inside. */}
            <div className={classes.chart} data-size={size} onKeyDown={keys ? moveFocus : undefined}>
              {size === 'list' ? children : <InView>{children}</InView>}
            </div>
            {axes && (
              <p className={classes.axis} data-across>
                {axes[0]}
              </p>
            )}
          </>
        )}
        {foot}
      </Panel>
    </div>
  )
}

function FigureTable({ columns, rows }: ChartTable) {
  return (
    <Table verticalSpacing={4} horizontalSpacing="xs" stickyHeader>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column, index) => (
            <Table.Th key={column} scope="col" ta={index === 0 ? undefined : 'right'}>
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, cells: [name, ...figures], to }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={500}>
              {to ? <Link to={to}>{name}</Link> : name}
            </Table.Th>
            {figures.map((figure, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order.
              <Table.Td key={index} ta="right" className={classes.figure}>
                {figure}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
}

/** A chart is one stop of the tab key; inside, the arrow keys go from point to point. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (!step) return
  const points = [...event.currentTarget.querySelectorAll<SVGElement>('a[data-point]')]
  const at = points.indexOf(document.activeElement as SVGElement)
  const next = points[step(at, points.length - 1)]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}
