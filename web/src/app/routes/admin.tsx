import { Suspense } from 'react'
import { AdminPage } from '../../features/admin/admin-page.tsx'
import { LoadingPage } from '../states.tsx'

/** Its texts come with it. */
export function Component() {
  return (
    <Suspense fallback={<LoadingPage />}>
      <AdminPage />
    </Suspense>
  )
}
