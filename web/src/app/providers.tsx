import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toProblem } from '../api/problem.ts'
import { cssVariables, theme } from './theme.ts'

/** Only what may pass by itself is asked again: no answer at all, or a fault of the service. */
const mayPass = (status: number): boolean => status === 0 || status >= 500

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && mayPass(toProblem(error).status),
      retryDelay: (failures, error) => (toProblem(error).retryAfter ?? 2 ** failures) * 1000,
    },
  },
})

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </MantineProvider>
  )
}
