import type { Statistics } from '../../../api/types.ts'
import { useShiftName } from '../../../components/use-shift-name.ts'
import { useFormats } from '../../../language/use-language.ts'
import { useDashboardTexts } from '../texts.ts'
import { nameOf } from './trend-names.ts'
import classes from './trend-signals.module.css'

const RULES = [1, 2, 3, 4] as const

/** What the run rules have found, in words, and what the rules are. */
export function TrendSignals({ data }: { data: Statistics }) {
  const texts = useDashboardTexts().trend
  const formats = useFormats()
  const shiftName = useShiftName()
  const { signals, points } = data.trend
  const at = (place: number) => {
    const point = points[place]
    return point ? nameOf(point, data, { formats, shiftName }) : ''
  }
  return (
    <div className={classes.signals}>
      <h3>{texts.signals(signals.length)}</h3>
      {signals.length > 0 && (
        <ul>
          {signals.map((signal) => (
            <li key={`${signal.rule} ${signal.last}`}>
              <strong>{texts.ruleNumbers(String(signal.rule))}</strong>{' '}
              {texts.signal(signal, at(signal.first), at(signal.last))}
            </li>
          ))}
        </ul>
      )}
      <details data-print="no">
        <summary>{texts.rulesTitle}</summary>
        <ul>
          {RULES.map((rule) => (
            <li key={rule}>{texts.rules[rule]}</li>
          ))}
        </ul>
        <p>{texts.rulesSource}</p>
      </details>
    </div>
  )
}
