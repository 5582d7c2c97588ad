import { Suspense } from 'react'
import { QualityPage } from '../../features/quality/quality-page.tsx'
import { LoadingPage } from '../states.tsx'

/** Its texts come with it. */
export function Component() {
  return (
    <Suspense fallback={<LoadingPage />}>
      <QualityPage />
    </Suspense>
  )
}
