import { QueryClient } from '@tanstack/react-query'
import { toProblem } from './problem.ts'

/** Only what may pass by itself is asked again: no answer at all, or a fault of the service. */
const mayPass = (status: number): boolean => status === 0 || status >= 500

/** What the page has read of the service; outside React too, as the queue of photos lives there. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && mayPass(toProblem(error).status),
      retryDelay: (failures, error) => (toProblem(error).retryAfter ?? 2 ** failures) * 1000,
    },
  },
})
