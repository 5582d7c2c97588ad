import type { Statistics } from '../../api/types.ts'
import { useOnline } from '../../components/use-online.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './dashboard-page.module.css'
import { useDashboardTexts } from './texts.ts'

/** The time on the facility's clocks, with the day where it is another than the reader's. */
export function useAsOf({ as_of, time_zone }: Statistics): string {
  const formats = useFormats()
  const isToday = formats.day(as_of, time_zone) === formats.day(new Date().toISOString(), time_zone)
  return isToday ? formats.clock(as_of, time_zone) : formats.hour(as_of, time_zone)
}

/** From when the figures are, and that they are refreshed. */
export function AsOf({ data }: { data: Statistics }) {
  const texts = useDashboardTexts()
  const { vocabulary } = useTexts()
  const online = useOnline()
  const time = useAsOf(data)
  return (
    <p className={classes.basis}>
      <time dateTime={data.as_of}>{texts.asOf(time, vocabulary.facilities[data.time_zone_of])}</time>{' '}
      <span data-print="no">{online ? texts.refreshes : texts.notRefreshed}</span>
    </p>
  )
}
