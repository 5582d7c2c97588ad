import { type Deployment, DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { GetParameterCommand } from '@aws-sdk/client-ssm'
import { apiContainer } from '../../modules/service/timing.ts'
import { isAwsError } from '../aws/error.ts'
import { Failure } from '../lib/failures.ts'
import { type Polling, waitFor } from '../lib/progress.ts'
import { reasonsOf } from './stopped-tasks.ts'
import type { Place } from './target.ts'

/** A deployment of two tasks takes three to eight minutes; the circuit breaker trips some minutes later. */
const defaultPolling: Polling = { every: 5_000, most: 20 * 60_000 }

/** The tag of the image that a task definition runs. */
async function tagOf({ aws }: Place, taskDefinition: string): Promise<string> {
  const { taskDefinition: found } = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  const image = found?.containerDefinitions?.find(({ name }) => name === apiContainer)?.image ?? ''
  return image.slice(image.lastIndexOf(':') + 1)
}

const revision = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

/**
 * Waits until the service runs an image: the newest deployment has that tag, all tasks are healthy and the old ones are gone.
 * @throws Failure with the reasons given by the circuit breaker and the stopped tasks
 */
export async function waitForRollout(place: Place, tag: string, polling = defaultPolling): Promise<void> {
  const { aws, cluster, service } = place
  const tags = new Map<string, string>()
  const tagOnce = async (arn = '') => {
    const known = tags.get(arn) ?? (await tagOf(place, arn))
    tags.set(arn, known)
    return known
  }
  let last: readonly Deployment[] = []
  const end = await waitFor<{ fault?: string }>(polling, async () => {
    const { services = [] } = await aws.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    last = services[0]?.deployments ?? []
    if (last.length === 0) return { fault: `there is no service ${service} in ${cluster}` }
    const wanted: Deployment[] = []
    for (const one of last) if ((await tagOnce(one.taskDefinition)) === tag) wanted.push(one)
    const failed = wanted.find(({ rolloutState }) => rolloutState === 'FAILED')
    if (failed) return { fault: failed.rolloutStateReason ?? 'ECS gave the deployment up' }
    const primary = last.find(({ status }) => status === 'PRIMARY')
    if (!primary || !wanted.includes(primary)) {
      // The circuit breaker has made the previous deployment primary again.
      const other = primary ? await tagOnce(primary.taskDefinition) : 'nothing'
      return {
        fault: `ECS went back to ${other}${primary?.rolloutStateReason ? `: ${primary.rolloutStateReason}` : ''}`,
      }
    }
    const { rolloutState, runningCount = 0, desiredCount = 0, failedTasks = 0, taskDefinition = '' } = primary
    if (rolloutState === 'COMPLETED' && runningCount >= desiredCount) return {}
    const failures = failedTasks > 0 ? `, ${failedTasks} failed` : ''
    return `${runningCount} of ${desiredCount} tasks of ${revision(taskDefinition)} run${failures} (${rolloutState ?? 'no state'})`
  })
  if (end && !end.fault) return
  const fault = end?.fault ?? `not done within ${Math.round(polling.most / 60_000)} minutes`
  const reasons = await reasonsOf(place, tag, tagOnce)
  throw new Failure([`${tag} does not run: ${fault}`, ...reasons].join('; '))
}

/** Why tasks of an image stopped, if any did. For a failed apply, where Terraform reports only a timeout. */
export const reasonsAgainst = (place: Place, tag: string): Promise<string[]> =>
  reasonsOf(place, tag, (arn = '') => tagOf(place, arn))

/** The running tag as recorded by the last apply; undefined before the first one. */
export async function runningTag({ aws, cluster }: Place): Promise<string | undefined> {
  try {
    const { Parameter } = await aws.ssm.send(new GetParameterCommand({ Name: `/${cluster}/image-tag/running` }))
    return Parameter?.Value
  } catch (error) {
    if (isAwsError(error, 'ParameterNotFound')) return undefined
    throw error
  }
}
