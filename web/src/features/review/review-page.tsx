import { KeysButton } from '../../components/shortcuts/keys-button.tsx'
import { useTitle } from '../../components/use-title.ts'
import type { RenderVerdict } from './judged.tsx'
import { useKeyGroups } from './key-groups.ts'
import { Queue } from './queue.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { useReviewTexts } from './texts.ts'
import { useWaiting } from './use-waiting.ts'

/** Works through what waits for a person. */
export function ReviewPage({ renderVerdict }: { renderVerdict: RenderVerdict }) {
  const texts = useReviewTexts()
  useTitle(texts.title)
  const { waiting, set, clear } = useWaiting()
  const groups = useKeyGroups(true)
  const filtered = waiting.facility !== undefined || waiting.product_sku !== undefined
  return (
    <Queue
      key={JSON.stringify(waiting)}
      waiting={waiting}
      onClear={filtered ? clear : null}
      renderVerdict={renderVerdict}
      filters={<QueueFilters waiting={waiting} onChange={set} />}
      keys={<KeysButton groups={groups} />}
    />
  )
}
