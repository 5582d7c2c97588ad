import { prefetch, prefetchLoader } from '../../api/prefetch.ts'
import { productsQuery } from '../../api/queries.ts'

export const inspectLoader = prefetchLoader(() => prefetch(productsQuery))
