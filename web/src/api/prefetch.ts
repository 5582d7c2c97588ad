import type { FetchQueryOptions, QueryKey } from '@tanstack/react-query'
import { infoQuery, openSessionQuery } from './queries.ts'
import { queries } from './query-client.ts'
import { session } from './session.ts'

/** Resolves once requests can be authorised: with true if there is a session (in open mode one is started), false if somebody has to sign in. */
export async function sessionReady(): Promise<boolean> {
  if (session.get()) return true
  const { sign_in_required } = await queries.ensureQueryData(infoQuery)
  if (!sign_in_required && !session.get()) await queries.fetchQuery(openSessionQuery)
  return session.get() !== null
}

/** Refreshes a query without its own stale time whenever the screen is entered. Errors are left to the screen's hooks. */
export const prefetch = <Data, Answer, Key extends QueryKey>(
  query: FetchQueryOptions<Data, Error, Answer, Key>,
): Promise<void> => queries.prefetchQuery({ staleTime: 0, ...query })

/** Where a route loader leads to. */
export interface Target {
  params: URLSearchParams
  /** The part of the path that varies, such as an ID. */
  path: Readonly<Record<string, string | undefined>>
}

type Loader = (args: { request: Request; params: Target['path'] }) => null

/**
 * A route loader that starts a screen's requests, and the download of its texts, while the screen's script is loading. Nothing is
 * awaited: the screen appears at once and shows its own progress and errors.
 */
export function prefetchLoader(start: (target: Target) => unknown, ...texts: { preload: () => void }[]): Loader {
  return ({ request, params }) => {
    for (const each of texts) each.preload()
    const target = { params: new URL(request.url).searchParams, path: params }
    void sessionReady()
      .then((ready) => (ready ? start(target) : undefined))
      .catch(() => undefined)
    return null
  }
}

/** Starts loading pictures that a screen shows first. */
export function preloadPictures(addresses: readonly string[]): void {
  for (const href of addresses) {
    const link = document.createElement('link')
    link.rel = 'preload'
    link.as = 'image'
    link.href = href
    document.head.append(link)
  }
}
