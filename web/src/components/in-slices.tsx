import { type ReactNode, useDeferredValue } from 'react'
import { usePrinting } from './use-printing.ts'

/**
 * A large part of a screen, which React makes in slices, so that a slow phone answers to a finger meanwhile. (What an answer of the
 * service brings would else be made in one piece.) Until it is there, `room` keeps its place. Paper does not wait.
 */
export function InSlices({ room = null, children }: { room?: ReactNode; children: ReactNode }): ReactNode {
  const drawn = useDeferredValue(true, false)
  return usePrinting() || drawn ? children : room
}
