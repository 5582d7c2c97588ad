import { prune } from '../../platform/idempotency/claims.ts'
import { type HousekeepingJob, inBatches } from './job.ts'

/** Removes idempotency keys whose replay period has ended. */
export const removeIdempotencyKeys: HousekeepingJob = ({ db }, signal) => inBatches(signal, (limit) => prune(db, limit))
