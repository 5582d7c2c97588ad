import { queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import { ALSO_OFFLINE, orLastKnown } from './last-known.ts'
import type { PhotoLimitChange, PhotoLimitSettings } from './types.ts'

/** What photos must measure, by product and station. A limit that somebody changes counts on this device after five minutes. */
export const photoLimitsQuery = queryOptions({
  queryKey: ['photo-limits'],
  queryFn: ({ signal }) => orLastKnown('photo-limits', bodyOf(client.GET('/api/v1/photo-limits', { signal }))),
  staleTime: 5 * 60_000,
  // A photo waits for it: rather no advice than late advice.
  retry: false,
  ...ALSO_OFFLINE,
})

/** In place of all limits that the product or station had; null: the defaults count again. */
export const setPhotoLimits = (body: PhotoLimitChange): Promise<PhotoLimitSettings> =>
  bodyOf(client.PUT('/api/v1/photo-limits', { body }))
