import { useContext, useState } from 'react'
import type { Analysis } from '../../api/types.ts'
import { Scrolling } from './item.ts'
import classes from './thumbnail.module.css'

interface ThumbnailProps {
  analysis: Analysis
  /** Draws the box of the worst defect. */
  boxed?: boolean
}

/** The small picture of a result; its words stand beside it. */
export function Thumbnail({ analysis, boxed = false }: ThumbnailProps) {
  const scrolling = useContext(Scrolling)
  // What only flies past is not asked for; what has been shown stays.
  const [asked, setAsked] = useState(!scrolling)
  if (!scrolling && !asked) setAsked(true)
  const { image_width: width, image_height: height, review, effective } = analysis
  const box =
    boxed && effective.defect_detected ? (review?.verdict ? review.bounding_box : analysis.bounding_box) : null
  return (
    <span className={classes.thumbnail}>
      {asked && <img src={analysis.thumbnail_url} alt="" decoding="async" draggable={false} />}
      {asked && box && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden>
          <rect className={classes.halo} {...box} />
          <rect className={classes.box} {...box} />
        </svg>
      )}
    </span>
  )
}
