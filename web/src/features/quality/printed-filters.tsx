import { useQuery } from '@tanstack/react-query'
import { facilitiesQuery } from '../../api/queries.ts'
import { facilities } from '../../components/codes.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import type { Filters } from './filters.ts'
import classes from './quality-page.module.css'
import { useQualityTexts } from './texts.ts'

/** On paper, what the figures are of and from when: the fields that say it on the screen are not printed. */
export function PrintedFilters({ filters, readAt }: { filters: Filters; readAt: number }) {
  const texts = useQualityTexts()
  const { vocabulary } = useTexts()
  const formats = useFormats()
  const { data: places = [] } = useQuery(facilitiesQuery)
  const facility = facilities.find((code) => code === filters.facility)
  const place = places.find(({ code, role }) => (facility ? code === facility : role === 'production'))
  const items = [
    [texts.from, filters.from],
    [texts.to, filters.to],
    [texts.facility, facility && vocabulary.facilities[facility]],
    [texts.product, filters.product],
    [texts.model, filters.model],
  ]
  return (
    <ul data-print="only" className={classes.printed}>
      {items.map(([name, value]) => (
        <li key={name}>
          {name}: <strong>{value || texts.any}</strong>
        </li>
      ))}
      <li>{readAt > 0 && texts.asOf(formats.time(new Date(readAt).toISOString(), place?.time_zone))}</li>
    </ul>
  )
}
