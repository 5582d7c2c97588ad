import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Activity, type ReactNode, useDeferredValue, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { infoQuery, openSessionQuery } from '../../api/queries.ts'
import { NOBODY, session } from '../../api/session.ts'
import { lazyPart } from '../../components/lazy-part.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useOnline } from '../../components/use-online.ts'
import { useTexts } from '../../language/use-language.ts'
import { ExpiryNotice } from './expiry-notice.tsx'

/** Not needed in the open mode, and seldom in the other: a session is kept. */
const SignInForm = lazyPart('sign-in', () => import('./sign-in-form.tsx'), '24rem')

/**
 * Shows the screens to whoever has a session; asks for one where a key is needed, and gets one silently where not. A session that ends by
 * itself hides the screen and no more: what was typed is there again for the same person.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const texts = useTexts().session
  const info = useQuery(infoQuery)
  const current = useSyncExternalStore(session.subscribe, session.get)
  const lapsed = useSyncExternalStore(session.subscribe, session.lapsed)
  const online = useOnline()
  const { pathname } = useLocation()
  // Nobody can sign in without a network, but photos can be put into the queue, where they wait.
  const cutOff = !online && (current !== null || pathname === '/')
  const person = session.whose() ?? lapsed ?? (cutOff ? NOBODY : null)
  // A whole screen is rendered as a transition, so that a slow phone responds to touch meanwhile.
  const shown = useDeferredValue(person, null)
  if (!cutOff && info.isError) {
    return <ProblemNote title={texts.unavailable} error={info.error} onRetry={() => void info.refetch()} />
  }
  if (!cutOff && !info.data) return <Connecting />
  const required = info.data?.sign_in_required ?? false
  return (
    <>
      {!current && !cutOff && (required ? <SignInForm /> : <OpenSession />)}
      {current?.endsAt && required && <ExpiryNotice key={current.endsAt} endsAt={current.endsAt} />}
      {person !== null && person !== shown && <Connecting />}
      {person !== null && person === shown && (
        <Activity key={person} mode={current || cutOff ? 'visible' : 'hidden'}>
          {children}
        </Activity>
      )}
    </>
  )
}

function OpenSession() {
  const texts = useTexts().session
  const info = useQuery(infoQuery)
  const opening = useQuery(openSessionQuery)
  if (!opening.isError) return <Connecting />
  const retry = async () => {
    await info.refetch()
    await opening.refetch()
  }
  return <ProblemNote title={texts.unavailable} error={opening.error} onRetry={() => void retry()} />
}

function Connecting() {
  const texts = useTexts().session
  return (
    <Stack aria-busy>
      <VisuallyHidden role="status">{texts.loading}</VisuallyHidden>
      <Skeleton height={40} width="min(100%, 24rem)" />
      <Skeleton height={180} />
    </Stack>
  )
}
