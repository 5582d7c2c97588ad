import { prune } from '../../platform/idempotency/claims.ts'
import { type HousekeepingJob, inSteps } from './job.ts'

/** Answers that are past the time in which they are given again. */
export const removeIdempotencyKeys: HousekeepingJob = ({ db }, signal) => inSteps(signal, (most) => prune(db, most))
