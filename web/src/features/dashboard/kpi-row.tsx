import { IconArrowDown, IconArrowUp, IconCameraRotate, IconEqual, IconMinus } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Statistics } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import type { ToHistory } from './history-link.ts'
import classes from './kpi-row.module.css'
import { useDashboardTexts } from './texts.ts'

/** What a rise means; 0: neither good nor bad. */
type Direction = 'good' | 'bad' | 'neutral'

interface Kpi {
  name: string
  value: number | null
  before: number | null
  format: (value: number) => string
  rise: Direction
  /** In percent already: its change is told in points. */
  rate?: boolean
  hint?: string | undefined
  to?: string
}

/** The figures that are looked at first, each with its change against the period before. */
export function KpiRow({ data, toHistory }: { data: Statistics; toHistory: ToHistory }) {
  const texts = useDashboardTexts()
  const formats = useFormats()
  const { figures, previous, time_zone, trend } = data
  const { kpi: names, kpiHint: hints } = texts
  const of = (name: keyof typeof figures) => ({
    value: figures[name] as number | null,
    // Of a period without a photo even a count says nothing.
    before: previous.photos === 0 ? null : (previous[name] as number | null),
  })
  const seconds = (value: number | null) => (value === null ? '–' : formats.seconds(value))
  const kpis: Kpi[] = [
    {
      name: names.rate,
      ...of('defect_rate_percent'),
      format: formats.percent,
      rise: 'bad',
      rate: true,
      hint: data.basis === 'unit' ? hints.rate(formats.percent(trend.target_percent)) : texts.bases[data.basis],
      to: toHistory({ defects: true }),
    },
    {
      name: names.inspected,
      ...of('inspected'),
      format: formats.number,
      rise: 'neutral',
      hint: texts.bases[data.basis],
      to: toHistory(),
    },
    { name: names.defects, ...of('defects'), format: formats.number, rise: 'bad', to: toHistory({ defects: true }) },
    {
      name: names.critical,
      ...of('critical'),
      format: formats.number,
      rise: 'bad',
      hint: figures.critical > 0 ? hints.critical : undefined,
      to: toHistory({ defects: true, severity: 'critical' }),
    },
    {
      name: names.yield,
      ...of('first_pass_yield_percent'),
      format: formats.percent,
      rise: 'good',
      rate: true,
      hint: hints.yield,
    },
    {
      name: names.waiting,
      ...of('waiting_for_review'),
      format: formats.number,
      rise: 'bad',
      hint: hints.waiting,
      to: toHistory({ waiting: 'yes' }),
    },
    {
      name: names.confidence,
      ...of('mean_confidence'),
      format: formats.share,
      rise: 'neutral',
      hint: hints.confidence,
    },
    {
      name: names.latency,
      ...of('mean_latency_ms'),
      format: formats.seconds,
      rise: 'bad',
      hint: hints.latency(seconds(figures.median_latency_ms), seconds(figures.p95_latency_ms)),
    },
    { name: names.cost, ...of('cost_usd'), format: formats.money, rise: 'neutral', hint: hints.allPhotos },
    { name: names.costEach, ...of('cost_per_photo_usd'), format: formats.dollars, rise: 'bad', hint: hints.allPhotos },
  ]
  return (
    <section aria-label={texts.kpis}>
      <dl className={classes.row}>
        {kpis.map((kpi) => (
          <Tile key={kpi.name} {...kpi} />
        ))}
      </dl>
      {figures.photos_to_retake > 0 && (
        <p className={classes.retake}>
          <IconCameraRotate size={20} aria-hidden />
          <span>
            <Link to={toHistory({ retake: 'yes' })}>{texts.retake(formats.number(figures.photos_to_retake))}</Link>{' '}
            {texts.retakeMeaning}
          </span>
        </p>
      )}
      <p className={classes.before}>
        {texts.change.before(formats.hour(previous.from, time_zone), formats.hour(previous.to, time_zone))}
      </p>
    </section>
  )
}

function Tile({ name, value, before, format, rise, rate = false, hint, to }: Kpi) {
  const shown = value === null ? '–' : format(value)
  return (
    <div className={classes.tile}>
      <dt>{name}</dt>
      <dd className={classes.value}>{to ? <Link to={to}>{shown}</Link> : shown}</dd>
      <dd className={classes.change}>
        <Change value={value} before={before} rise={rise} rate={rate} />
      </dd>
      <dd className={classes.hint}>{hint}</dd>
    </div>
  )
}

/** Arrow and words: which way, by how much, and whether that is good. */
function Change({ value, before, rise, rate }: Pick<Kpi, 'value' | 'before' | 'rise'> & { rate: boolean }) {
  const texts = useDashboardTexts().change
  const formats = useFormats()
  if (value === null || before === null) {
    return (
      <span>
        <IconMinus size={16} aria-hidden />
        {texts.none}
      </span>
    )
  }
  const difference = value - before
  // What would be shown as no change is none.
  if (Math.abs(difference) <= (rate ? 0.005 : Math.abs(before) * 0.0005)) {
    return (
      <span>
        <IconEqual size={16} aria-hidden />
        {texts.same}
      </span>
    )
  }
  const amount = rate
    ? texts.points(formats.number(Number(Math.abs(difference).toFixed(2))))
    : formats.percent(Number(((100 * Math.abs(difference)) / before).toFixed(1)))
  const good = rise === 'neutral' ? null : difference > 0 === (rise === 'good')
  const Arrow = difference > 0 ? IconArrowUp : IconArrowDown
  return (
    <span data-tone={good === null ? undefined : good ? 'good' : 'bad'}>
      <Arrow size={16} aria-hidden />
      <span>
        {!rate && before === 0 ? texts.fromZero : difference > 0 ? texts.up(amount) : texts.down(amount)}
        {good !== null && ` · ${good ? texts.better : texts.worse}`}
      </span>
    </span>
  )
}
