import { Suspense } from 'react'
import { ReportPage } from '../../features/report/report-page.tsx'
import { LoadingPage } from '../states.tsx'

/** Its texts come with it. */
export function Component() {
  return (
    <Suspense fallback={<LoadingPage />}>
      <ReportPage />
    </Suspense>
  )
}
