import type { Db } from '../../database/database.ts'
import type { Metrics } from '../../platform/observability/metrics.ts'
import { queueState } from './jobs.ts'

/** How many jobs wait and for how long: two gauges, which are read together, so that the queue is asked once for both. */
export function gaugeQueue(metrics: Metrics, db: Db): void {
  let asked: ReturnType<typeof queueState> | undefined
  const state = () => {
    asked ??= queueState(db).finally(() => {
      asked = undefined
    })
    return asked
  }
  metrics.gauge('queueLength', async () => (await state()).length)
  metrics.gauge('queueAge', async () => (await state()).oldestSeconds)
}
