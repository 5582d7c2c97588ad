import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { waitingCountQuery } from '../api/reviews.ts'
import { useFormats, useTexts } from '../language/use-language.ts'
import classes from './waiting-badge.module.css'

const MOST_SHOWN = 999
const EVERYWHERE = { facility: undefined, product_sku: undefined, shown: 'waiting' } as const

/** How many results wait for a person, beside the name of the screen where they are reviewed; nothing where none does, or it is not known. */
export function WaitingBadge() {
  const texts = useTexts().frame
  const formats = useFormats()
  const { data } = useQuery({ ...waitingCountQuery(EVERYWHERE), refetchInterval: 60_000, retry: false })
  if (!data?.count) return null
  const count = formats.number(Math.min(data.count, MOST_SHOWN))
  const shown = data.count > MOST_SHOWN ? `${count}+` : count
  return (
    <span className={classes.badge}>
      <span aria-hidden>{shown}</span>
      <VisuallyHidden>{texts.waiting(shown)}</VisuallyHidden>
    </span>
  )
}
