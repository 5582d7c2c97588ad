import type { Db } from '../../database/database.ts'
import type { Metrics } from '../../platform/observability/metrics.ts'
import { queueState } from './jobs.ts'

/** Gauges of queue length and age. Both share one query. */
export function gaugeQueue(metrics: Metrics, db: Db): void {
  let pending: ReturnType<typeof queueState> | undefined
  const state = () => {
    pending ??= queueState(db).finally(() => {
      pending = undefined
    })
    return pending
  }
  metrics.gauge('queueLength', async () => (await state()).length)
  metrics.gauge('queueAge', async () => (await state()).oldestSeconds)
}
