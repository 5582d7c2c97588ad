import type { ComponentProps } from 'react'
import { InSlices } from '../components/in-slices.tsx'
import { VerdictView } from '../features/result/verdict-view.tsx'
import { Judged } from '../features/review/judged.tsx'

/** A result, and the panel where a person judges it. Features know nothing of each other: they meet here. */
export default function JudgedVerdict({ keys, ...view }: ComponentProps<typeof VerdictView> & { keys?: boolean }) {
  return (
    <InSlices>
      <Judged analysis={view.analysis} keys={keys}>
        {(parts) => <VerdictView {...view} {...parts} />}
      </Judged>
    </InSlices>
  )
}
