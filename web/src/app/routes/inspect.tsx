import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { InspectPage } from '../../features/inspect/inspect-page.tsx'

/** Features know nothing of each other: the verdict is handed to the page that uploads. It is needed only once there is one. */
const JudgedVerdict = lazy(() => import('../judged-verdict.tsx'))

export function Component() {
  return (
    <InspectPage
      renderResult={(result) => (
        <Suspense fallback={<Skeleton height="min(60vh, 30rem)" />}>
          <JudgedVerdict {...result} />
        </Suspense>
      )}
    />
  )
}
