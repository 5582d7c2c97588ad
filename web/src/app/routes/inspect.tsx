import { lazyPart } from '../../components/lazy-part.tsx'
import { InspectPage } from '../../features/inspect/inspect-page.tsx'

/** Features know nothing of each other: the verdict is handed to the page that uploads. It is needed only once there is one. */
const JudgedVerdict = lazyPart('judged-verdict', () => import('../judged-verdict.tsx'), 'min(60vh, 30rem)')

export function Component() {
  return <InspectPage renderResult={(result) => <JudgedVerdict {...result} />} />
}
