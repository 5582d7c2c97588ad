import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { Failure } from '../lib/failures.ts'
import { step } from '../lib/progress.ts'
import { runningTag, waitForRollout } from './rollout.ts'
import type { Place } from './target.ts'

/** Replaces the tasks with new ones of the same image, which read the current secrets. @throws Failure in one line */
export async function restart(place: Place): Promise<void> {
  const { aws, cluster, service, environment } = place
  const tag = await runningTag(place)
  if (tag === undefined) throw new Failure(`Nothing runs in ${environment}: plan and apply it first.`)
  await step(`New tasks of ${tag}`, async () => {
    await aws.ecs.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }))
    await waitForRollout(place, tag)
  })
}
