import { prefetchLoader, preloadPictures } from '../../api/prefetch.ts'
import { analysisQuery } from '../../api/queries.ts'
import { queries } from '../../api/query-client.ts'

export const resultLoader = prefetchLoader(async ({ path: { defectId = '' } }) => {
  const { image_url } = await queries.fetchQuery(analysisQuery(defectId))
  preloadPictures([image_url])
})
