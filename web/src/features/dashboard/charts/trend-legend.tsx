import { useTexts } from '../../../language/use-language.ts'
import { useDashboardTexts } from '../texts.ts'
import classes from './trend-legend.module.css'

/** What the lines and marks mean, and the rule behind the limits in words. */
export function TrendLegend({ small, target }: { small: number; target: boolean }) {
  const dashboard = useDashboardTexts()
  const { figures } = useTexts()
  const texts = dashboard.trend
  const items: [string, string][] = [
    ['rate', texts.rate],
    ['limit', texts.limits],
    ['centre', texts.centre],
    ...(target ? [['target', figures.target] as [string, string]] : []),
    ['outside', texts.outside],
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
              {kind === 'outside' ? <path d="M13 1l6 6l-6 6l-6 -6z" /> : <path d="M1 7h24" />}
              {kind === 'rate' && <circle cx="13" cy="7" r="3.5" />}
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <p className={classes.rule}>
        {texts.rule} {small > 0 && texts.small(small)} {dashboard.keys}
      </p>
    </>
  )
}
