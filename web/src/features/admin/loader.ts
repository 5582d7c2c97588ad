import { keysQuery, usageQuery } from '../../api/admin.ts'
import { photoLimitsQuery } from '../../api/photo-limits.ts'
import { prefetch, prefetchLoader } from '../../api/prefetch.ts'
import { session } from '../../api/session.ts'
import { shiftsQuery } from '../../api/shifts.ts'
import { may } from '../../components/use-may.ts'
import { useAdminTexts } from './texts.ts'

export const adminLoader = prefetchLoader(({ path: { part = 'keys' } }) => {
  if (!may(session.get(), 'admin')) return
  void prefetch(keysQuery)
  if (part === 'keys') void prefetch(usageQuery)
  if (part === 'shifts') void prefetch(shiftsQuery)
  if (part === 'photo-limits') void prefetch(photoLimitsQuery)
}, useAdminTexts)
