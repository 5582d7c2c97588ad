import type { ReactNode } from 'react'
import type { Statistics } from '../../../api/types.ts'
import { useTexts } from '../../../language/use-language.ts'
import { useDashboardTexts } from '../texts.ts'
import classes from './trend-legend.module.css'

interface TrendLegendProps {
  trend: Statistics['trend']
  target: boolean
}

/** What the lines and marks mean, and the rules behind them in words. */
export function TrendLegend({ trend, target }: TrendLegendProps) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const texts = dashboard.trend
  const { small_samples: small, not_judged: muted } = trend
  const items: [string, string][] = [
    ['rate', texts.rate],
    ['limit', texts.limits],
    ['centre', trend.baseline === 'frozen' ? texts.frozen : texts.centre],
    ...(target ? [['target', figures.target] as [string, string]] : []),
    ['outside', texts.outside],
    ['run', texts.run],
    ...(muted > 0 ? [['muted', texts.notJudged] as [string, string]] : []),
  ]
  return (
    <>
      <ul className={classes.items}>
        {items.map(([kind, name]) => (
          <li key={kind}>
            <svg
              width="26"
              height="14"
              viewBox="0 0 26 14"
              aria-hidden="true"
              className={classes.sign}
              data-kind={kind}
            >
              {SIGNS[kind] ?? <path d="M1 7h24" />}
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <p className={classes.rule}>
        {texts.rule} {small > 0 && texts.small(small)} {muted > 0 && texts.muted(muted)}{' '}
        <span data-print="no">{dashboard.keys}</span>
      </p>
    </>
  )
}

/** What is not a line. */
const SIGNS: Record<string, ReactNode> = {
  rate: <path d="M1 7h24M9.5 7a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0" />,
  outside: <path d="M13 1l6 6l-6 6l-6 -6z" />,
  run: <circle cx="13" cy="7" r="5" />,
  muted: <circle cx="13" cy="7" r="3" />,
}
