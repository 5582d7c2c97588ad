import type { Analysis } from '../../api/types.ts'
import classes from './thumbnail.module.css'

/** The small picture of a result; its words stand beside it. */
export function Thumbnail({ analysis }: { analysis: Analysis }) {
  return <img src={analysis.thumbnail_url} alt="" loading="lazy" decoding="async" className={classes.thumbnail} />
}
