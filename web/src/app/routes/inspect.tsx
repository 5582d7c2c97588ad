import { InspectPage } from '../../features/inspect/inspect-page.tsx'
import { VerdictView } from '../../features/result/verdict-view.tsx'

/** Features know nothing of each other: the verdict is handed to the page that uploads. */
export function Component() {
  return <InspectPage renderResult={(result) => <VerdictView {...result} />} />
}
