import { Anchor, Skeleton } from '@mantine/core'
import { IconPhotoQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { lastGoodQuery } from '../../../api/reviews.ts'
import type { Analysis } from '../../../api/types.ts'
import { FacilityTime } from '../../../components/facility-time.tsx'
import { ProblemNote } from '../../../components/problem-note.tsx'
import { useTexts } from '../../../language/use-language.ts'
import { Frame } from './frame.tsx'
import classes from './picture.module.css'
import { type PictureView, useSyncedView } from './use-picture-view.ts'

interface ReferenceProps {
  /** What it is compared with. */
  analysis: Analysis
  picture: PictureView
  aspectRatio: number
  filter: string | undefined
  onToggleBoxes: () => void
}

/** The last good part of the same product, at the same zoom and place. */
export function Reference({ analysis, ...shown }: ReferenceProps) {
  const texts = useTexts().result.picture.comparison
  const { data: good, error, refetch } = useQuery(lastGoodQuery(analysis))
  if (error) return <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />
  if (good === undefined) return <Skeleton className={classes.reference} role="status" aria-label={texts.loading} />
  if (good === null) {
    return (
      <p className={classes.noReference} role="status">
        <IconPhotoQuestion size={40} stroke={1.25} aria-hidden />
        {texts.none(analysis.effective.product_sku)}
      </p>
    )
  }
  return <GoodPart {...shown} analysis={analysis} good={good} onStale={() => void refetch()} />
}

function GoodPart({ analysis, good, picture, ...frame }: ReferenceProps & { good: Analysis; onStale: () => void }) {
  const { result: texts, vocabulary } = useTexts()
  const sizeOf = ({ image_width: width, image_height: height }: Analysis) => ({ width, height })
  const synced = useSyncedView(picture, sizeOf(analysis), sizeOf(good))
  const { source } = good.effective
  return (
    <figure>
      <figcaption>
        <Anchor component={Link} to={`/results/${good.defect_id}`} inherit underline="always">
          {texts.picture.comparison.other}
        </Anchor>
        {' · '}
        {vocabulary.facilities[good.facility]}
        {' · '}
        <FacilityTime iso={good.timestamp} facility={good.facility} />
        {' · '}
        {texts.picture.comparison.by[source]}
      </figcaption>
      <Frame {...frame} analysis={good} picture={synced} label={texts.picture.comparison.other} />
    </figure>
  )
}
