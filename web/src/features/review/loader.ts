import { prefetch, prefetchLoader, preloadPictures } from '../../api/prefetch.ts'
import { productsQuery } from '../../api/queries.ts'
import { queries } from '../../api/query-client.ts'
import { waitingCountQuery, waitingQuery } from '../../api/reviews.ts'
import { useReviewTexts } from './texts.ts'
import { waitingOf } from './waiting.ts'

export const reviewLoader = prefetchLoader(async ({ params }) => {
  const waiting = waitingOf(params)
  void prefetch(waitingCountQuery(waiting))
  void prefetch(productsQuery)
  // Each visit reads the queue anew.
  queries.removeQueries({ queryKey: ['waiting'], type: 'inactive' })
  const { pages } = await queries.fetchInfiniteQuery(waitingQuery(waiting))
  preloadPictures(pages.flatMap(({ analyses }) => analyses.slice(0, 1)).map(({ image_url }) => image_url))
}, useReviewTexts)
