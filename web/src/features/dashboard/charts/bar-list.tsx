import { Link } from 'react-router'
import { useDashboardTexts } from '../texts.ts'
import classes from './bar-list.module.css'
import { ChartPanel } from './chart-panel.tsx'

export interface BarRow {
  key: string
  name: string
  /** Length of the bar. */
  value: number
  /** Beside the bar. */
  figure: string
  /** The row of the table, after the name. */
  cells: string[]
  to: string
  /** Which pattern the bar has. */
  kind?: string
}

interface BarListProps {
  title: string
  summary: string
  /** What stands in the rows: names, bars and the figures beside them, with their units. */
  heads: [names: string, bars: string, figures: string]
  columns: string[]
  rows: readonly BarRow[]
}

/** Lying bars with long names: each is a line of text that leads to its photos. */
export function BarList({ title, summary, heads, columns, rows }: BarListProps) {
  const { history } = useDashboardTexts()
  const longest = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE)
  return (
    <ChartPanel
      size="list"
      title={title}
      summary={summary}
      table={{ columns, rows: rows.map(({ key, name, cells, to }) => ({ key, cells: [name, ...cells], to })) }}
    >
      <div className={classes.list}>
        <div className={classes.heads}>
          {heads.map((head) => (
            <span key={head}>{head}</span>
          ))}
        </div>
        <ul>
          {rows.map(({ key, name, value, figure, to, kind }) => (
            <li key={key}>
              <Link to={to} className={classes.row} title={history}>
                <span className={classes.name}>{name}</span>
                <span className={classes.track} aria-hidden>
                  <span className={classes.bar} data-kind={kind} style={{ width: `${(100 * value) / longest}%` }} />
                </span>
                <span className={classes.figure}>{figure}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </ChartPanel>
  )
}
