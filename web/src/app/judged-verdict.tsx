import type { ComponentProps } from 'react'
import { VerdictView } from '../features/result/verdict-view.tsx'
import { Judged } from '../features/review/judged.tsx'

/** A result, and the panel where a person judges it. Features do not import each other; they are combined here. */
export default function JudgedVerdict({ keys, ...view }: ComponentProps<typeof VerdictView> & { keys?: boolean }) {
  return (
    <Judged analysis={view.analysis} keys={keys}>
      {(parts) => <VerdictView {...view} {...parts} />}
    </Judged>
  )
}
