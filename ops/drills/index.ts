import { databaseFailover } from './database-failover.ts'
import type { Drill } from './drill.ts'
import { modelLoss } from './model-loss.ts'
import { redisFailover } from './redis-failover.ts'
import { restore } from './restore.ts'
import { secretRotation } from './secret-rotation.ts'
import { taskFailure } from './task-failure.ts'

/** All drills by the name that `make drill` takes. */
export const drills: Readonly<Record<string, Drill>> = {
  'task-failure': taskFailure,
  'database-failover': databaseFailover,
  'redis-failover': redisFailover,
  restore,
  'model-loss': modelLoss,
  'secret-rotation': secretRotation,
}
