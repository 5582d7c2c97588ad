import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { newResults } from '../api/new-results.ts'
import { queries } from '../api/query-client.ts'
import { session } from '../api/session.ts'
import { theme } from './theme.ts'

let person = session.whose()
// What one person has loaded is not kept for the next.
session.subscribe(() => {
  const next = session.whose() ?? session.lapsed()
  if (person !== null && person !== next) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'info' })
  person = next
})

/** Queries over results. A list on screen must not move under the reader: it is only refetched the next time it is opened. */
const OF_RESULTS = ['history', 'history-count', 'waiting-count', 'statistics', 'shift-report', 'last-good']
newResults.addEventListener('added', () => {
  for (const name of OF_RESULTS) void queries.invalidateQueries({ queryKey: [name], refetchType: 'none' })
})

/** Stores the choice of light or dark. */
const schemes = localStorageColorSchemeManager({ key: 'wiko.scheme' })

export function Providers({ children }: { children: ReactNode }) {
  return (
    // Mantine would inject style elements, which the content security policy forbids. theme.css has its variables; hiddenFrom and
    // visibleFrom have no effect here.
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </MantineProvider>
  )
}
