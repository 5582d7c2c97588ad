import { QueryClient } from '@tanstack/react-query'
import { toProblem } from './problem.ts'

/** No answer at all, or a fault of the service: only these may succeed when tried again. */
const isTransient = (status: number): boolean => status === 0 || status >= 500

/** A screen uses what its route loader prefetched, even if its script arrives this much later on a slow network. */
const STALE_MS = 15_000

/** The cache of API answers. Not only for React: the photo queue lives outside of it. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      retry: (failures, error) => failures < 2 && isTransient(toProblem(error).status),
      retryDelay: (failures, error) => (toProblem(error).retryAfter ?? 2 ** failures) * 1000,
    },
  },
})
