import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { newResults } from '../api/new-results.ts'
import { facilitiesQuery, infoQuery, openSessionQuery } from '../api/queries.ts'
import { queries } from '../api/query-client.ts'
import { session } from '../api/session.ts'
import { theme } from './theme.ts'

let person = session.whose()
// What one person has read is not kept for the next.
session.subscribe(() => {
  const next = session.whose() ?? session.lapsed()
  if (person !== null && person !== next) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'info' })
  person = next
})

/** What holds or counts results. A list that is being read does not move under the reader: it is read anew when it is opened next. */
const OF_RESULTS = ['history', 'history-count', 'waiting-count', 'statistics', 'shift-report', 'last-good']
newResults.addEventListener('added', () => {
  for (const name of OF_RESULTS) void queries.invalidateQueries({ queryKey: [name], refetchType: 'none' })
})

/** Asks what every screen waits for while their files are still coming. What fails here is asked again, and said, by who needs it. */
export async function askEarly(): Promise<void> {
  await queries.prefetchQuery(infoQuery)
  const info = queries.getQueryData(infoQuery.queryKey)
  if (info && !info.sign_in_required && !session.get()) await queries.prefetchQuery(openSessionQuery)
  // Nearly every screen says a time on a plant's clocks: where that came later, lines would move.
  if (session.get()) await queries.prefetchQuery(facilitiesQuery)
}

/** Where the choice of light or dark is remembered. */
const schemes = localStorageColorSchemeManager({ key: 'wiko.scheme' })

export function Providers({ children }: { children: ReactNode }) {
  return (
    // The library would set its variables and classes in style elements, which the page's policy forbids: theme.css has the
    // variables, and its hiddenFrom and visibleFrom do nothing here.
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
