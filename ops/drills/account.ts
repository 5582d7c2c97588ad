import { environments } from '../../stacks/environments.ts'
import { namesOf } from '../../stacks/names.ts'
import { texts } from '../aws/call.ts'
import { type Place, placeOf } from '../deploy/target.ts'
import { Failure } from '../lib/failures.ts'
import { type Patience, waitFor } from '../lib/progress.ts'

/** An environment as the drills name its parts. */
export interface DrillPlace extends Place {
  readonly database: string
  readonly cache: string
}

export function drillPlace(env: NodeJS.ProcessEnv): DrillPlace {
  const place = placeOf(env)
  const { database, cache } = namesOf(place.environment, environments[place.environment]?.names)
  return { ...place, database, cache }
}

/** Looks that often and so long; a drill on a simulated account has no reason to be slow. */
export const patience = (env: NodeJS.ProcessEnv, minutes: number): Patience => ({
  every: Number(env.DRILL_EVERY_MS ?? 10_000),
  most: minutes * 60_000,
})

/** An element of an instance of RDS as DescribeDBInstances tells of it; undefined where there is no such instance. */
export async function instanceTexts({ aws }: Place, id: string): Promise<((name: string) => string) | undefined> {
  try {
    const xml = await aws.query('rds', 'DescribeDBInstances', { DBInstanceIdentifier: id })
    return (name) => texts(xml, name)[0] ?? ''
  } catch (error) {
    if (error instanceof Failure && 'code' in error && error.code === 'DBInstanceNotFound') return undefined
    throw error
  }
}

/** Waits until an instance is available. @throws Failure after `minutes` */
export async function available(
  place: Place,
  id: string,
  env: NodeJS.ProcessEnv,
  minutes: number,
): Promise<(name: string) => string> {
  const found = await waitFor(patience(env, minutes), async () => {
    const instance = await instanceTexts(place, id)
    if (!instance) return `${id} is not there yet`
    const status = instance('DBInstanceStatus')
    return status === 'available' ? { instance } : `${id} is ${status}`
  })
  if (!found) throw new Failure(`${id} was not available within ${minutes} minutes.`)
  return found.instance
}
