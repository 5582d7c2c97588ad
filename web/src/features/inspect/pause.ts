import type { ProblemError } from '../../api/problem.ts'
import type { QueueState } from './queue-state.ts'

/** Holds the whole queue up where the service asks to wait, as its limit is one for all photos. */
export function createPause(state: QueueState, onEnd: () => void) {
  function end(): void {
    if (state.snapshot().pause === null) return
    state.change({ pause: null })
    state.update(
      (item) => item.state.is === 'waiting',
      () => ({ state: { is: 'queued' } }),
    )
    onEnd()
  }
  return {
    begin(problem: ProblemError, seconds: number): void {
      const until = Date.now() + seconds * 1000
      if (until <= (state.snapshot().pause?.until ?? 0)) return
      state.change({ pause: { until, problem } })
      setTimeout(() => state.snapshot().pause?.until === until && end(), seconds * 1000)
    },
    end,
    /** A device that slept has not counted the seconds. */
    endIfOver(): void {
      if ((state.snapshot().pause?.until ?? Number.POSITIVE_INFINITY) <= Date.now()) end()
    },
  }
}
