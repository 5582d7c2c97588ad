import { useQuery } from '@tanstack/react-query'
import { keysQuery, usageQuery } from '../../api/admin.ts'
import { KeysPanel } from './keys-panel.tsx'
import { UsagePanel } from './usage-panel.tsx'

/** Keys, and what they use. */
export function KeysPage() {
  const { isPending } = useQuery(keysQuery)
  // Read at once, and shown when what stands above it has its height: so nothing moves.
  useQuery(usageQuery)
  return (
    <>
      <KeysPanel />
      {!isPending && <UsagePanel />}
    </>
  )
}
