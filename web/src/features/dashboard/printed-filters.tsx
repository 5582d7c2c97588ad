import type { Statistics } from '../../api/types.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './dashboard-page.module.css'
import type { Filters } from './filters.ts'
import { useDashboardTexts } from './texts.ts'

/** On paper, what the figures are of: the fields that say it on the screen are not printed. */
export function PrintedFilters({ filters, data }: { filters: Filters; data: Statistics }) {
  const texts = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const formats = useFormats()
  const { from, to, time_zone } = data
  const facility =
    data.time_zone_of === filters.facility ? vocabulary.facilities[data.time_zone_of] : figures.allFacilities
  const items = [
    [texts.period, `${formats.hour(from, time_zone)} – ${formats.hour(to, time_zone)}`],
    [figures.facility, facility],
    [figures.product, filters.product || figures.allProducts],
    [figures.line, filters.line || figures.allLines],
    [figures.shift, filters.shift || figures.allShifts],
    [texts.basis, texts.bases[data.basis]],
    [figures.truth, figures.truths[data.truth]],
  ]
  return (
    <ul data-print="only" className={classes.printed}>
      {items.map(([name, value]) => (
        <li key={name}>
          {name}: <strong>{value}</strong>
        </li>
      ))}
    </ul>
  )
}
