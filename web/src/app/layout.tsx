import { useQuery } from '@tanstack/react-query'
import { Outlet, ScrollRestoration } from 'react-router'
import { infoQuery } from '../api/queries.ts'
import { OfflineBanner } from '../components/offline-banner.tsx'
import { SessionGate } from '../features/session/session-gate.tsx'
import { AnalyzerBanner, AnalyzerRoom } from './analyzer-banner.tsx'
import { CONTENT_ID, Header } from './header.tsx'
import classes from './layout.module.css'
import { NewVersionNote } from './new-version-note.tsx'

/** The frame of every screen. */
export function Layout() {
  const { data: info } = useQuery(infoQuery)
  return (
    <>
      <Header signInRequired={info?.sign_in_required ?? false} />
      {info ? <AnalyzerBanner analyzer={info.analyzer} /> : <AnalyzerRoom />}
      <OfflineBanner />
      <NewVersionNote />
      <main id={CONTENT_ID} className={classes.content} tabIndex={-1}>
        <SessionGate>
          <Outlet />
        </SessionGate>
      </main>
      <ScrollRestoration />
    </>
  )
}
