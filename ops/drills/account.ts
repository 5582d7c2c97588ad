import { type DBInstance, DescribeDBInstancesCommand } from '@aws-sdk/client-rds'
import { environments } from '../../stacks/environments.ts'
import { namesOf } from '../../stacks/names.ts'
import { isAwsError } from '../aws/error.ts'
import { type Place, placeOf } from '../deploy/target.ts'
import { Failure } from '../lib/failures.ts'
import { type Polling, waitFor } from '../lib/progress.ts'

/** An environment with the names that the drills need. */
export interface DrillPlace extends Place {
  readonly database: string
  readonly cache: string
}

export function drillPlace(env: NodeJS.ProcessEnv): DrillPlace {
  const place = placeOf(env)
  const { database, cache } = namesOf(place.environment, environments[place.environment]?.names)
  return { ...place, database, cache }
}

/** Polling for drills; DRILL_EVERY_MS speeds up drills on a simulated account. */
export const polling = (env: NodeJS.ProcessEnv, minutes: number): Polling => ({
  every: Number(env.DRILL_EVERY_MS ?? 10_000),
  most: minutes * 60_000,
})

/** An RDS instance; undefined where there is none of that name. */
export async function findInstance({ aws }: Place, id: string): Promise<DBInstance | undefined> {
  try {
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))
    return DBInstances[0]
  } catch (error) {
    if (isAwsError(error, 'DBInstanceNotFoundFault')) return undefined
    throw error
  }
}

/** Waits until an instance is available. @throws Failure after `minutes` */
export async function waitUntilAvailable(
  place: Place,
  id: string,
  env: NodeJS.ProcessEnv,
  minutes: number,
): Promise<DBInstance> {
  const found = await waitFor(polling(env, minutes), async () => {
    const instance = await findInstance(place, id)
    if (!instance) return `${id} does not exist yet`
    return instance.DBInstanceStatus === 'available' ? instance : `${id} is ${instance.DBInstanceStatus}`
  })
  if (!found) throw new Failure(`${id} was not available within ${minutes} minutes.`)
  return found
}
