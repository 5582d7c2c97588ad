import { VerdictView } from '../../features/result/verdict-view.tsx'
import { ReviewPage } from '../../features/review/review-page.tsx'

/** Features know nothing of each other: the verdict is handed to the queue. */
export function Component() {
  return <ReviewPage renderVerdict={(parts) => <VerdictView {...parts} />} />
}
