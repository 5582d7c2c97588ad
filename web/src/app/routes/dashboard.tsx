import { Suspense } from 'react'
import { DashboardPage } from '../../features/dashboard/dashboard-page.tsx'
import { LoadingPage } from '../states.tsx'

/** Its texts come with it. */
export function Component() {
  return (
    <Suspense fallback={<LoadingPage />}>
      <DashboardPage />
    </Suspense>
  )
}
