import { type ProblemError, toProblem } from '../../../api/problem.ts'
import type { Analysis } from '../../../api/types.ts'
import type { Upload } from '../../../api/upload.ts'
import { isInFlight, type QueueItem } from './item.ts'
import { retryDelay } from './retry-delay.ts'
import type { QueueState } from './state.ts'
import type { QueueStateHolder } from './state-holder.ts'

/** Photos that are uploaded at a time. */
const PARALLEL = 3

/** The items to upload now, besides those whose requests are running. */
export function nextUploads({ items, pause, probing }: QueueState, running: ReadonlySet<string>): QueueItem[] {
  const free = pause === null ? (probing ? 1 : PARALLEL) - running.size : 0
  const next: QueueItem[] = []
  for (const item of items) {
    if (next.length >= free) break
    if (item.state.is === 'queued' && !running.has(item.id)) next.push(item)
  }
  return next
}

export interface Uploads {
  send: (upload: Upload) => Promise<Analysis>
  /** Whether the service answers at all. */
  reachable: () => Promise<boolean>
  /** False without network or session: photos wait. */
  mayRun: () => boolean
}

/** Uploads what is due whenever the queue changes, and aborts what was cancelled or went to another tab. */
export function createScheduler(queue: QueueStateHolder, { send, reachable, mayRun }: Uploads) {
  const running = new Map<string, AbortController>()

  /** Starting an upload changes the queue, which must not start the next one before the first is sent. */
  let starting = false

  function run(): void {
    for (const [id, controller] of running) {
      const item = queue.find(id)
      if (!item || !isInFlight(item)) controller.abort()
    }
    if (starting) return
    starting = true
    const next = () => (mayRun() ? nextUploads(queue.getState(), new Set(running.keys()))[0] : undefined)
    for (let item = next(); item; item = next()) void upload(item)
    starting = false
  }

  async function upload({ id, file, fields, idempotencyKey }: QueueItem): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    running.set(id, controller)
    queue.dispatch({ type: 'uploading', id, share: 0 })
    const onSent = (share: number): void => {
      const now = queue.find(id)?.state
      if (now?.is !== 'uploading') return
      if (share >= 1) queue.dispatch({ type: 'uploaded', id, now: Date.now() })
      else if (Math.floor(share * 100) > Math.floor(now.share * 100)) queue.dispatch({ type: 'uploading', id, share })
    }
    try {
      const analysis = await send({ file, fields, idempotencyKey, onSent, signal })
      queue.dispatch({ type: 'succeeded', id, analysis, now: Date.now() })
    } catch (error) {
      if (!signal.aborted) await failed(id, toProblem(error))
    } finally {
      running.delete(id)
      run()
    }
  }

  async function failed(id: string, problem: ProblemError): Promise<void> {
    const item = queue.find(id)
    if (!item) return
    // It is sent after the next sign-in, or when the network is back.
    if (problem.status === 401 || (problem.status === 0 && !mayRun())) return queue.dispatch({ type: 'resumed', id })
    const seconds = await retryDelay(problem, item.attempts, reachable)
    if (seconds === null) return queue.dispatch({ type: 'failed', id, problem, now: Date.now() })
    const until = Date.now() + seconds * 1000
    queue.dispatch({ type: 'postponed', id, problem, until })
    setTimeout(() => {
      if (problem.status === 409) queue.dispatch({ type: 'resumed', id })
      else if (queue.getState().pause?.until === until) queue.dispatch({ type: 'pause-ended' })
    }, seconds * 1000)
  }

  queue.subscribe(run)
  return {
    /** To be called when `mayRun` may have changed, or the device may have slept through a timer. */
    wake(): void {
      if ((queue.getState().pause?.until ?? Number.POSITIVE_INFINITY) <= Date.now()) {
        queue.dispatch({ type: 'pause-ended' })
      }
      run()
    },
  }
}
