import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs'
import type { Place } from './target.ts'

/** Reasons reported at most. */
const MOST = 3

/**
 * Why the tasks of an image stopped, without repetitions: a container's exit code, or ECS's reason for a task whose containers never ran
 * (image not pullable, secret not readable). ECS keeps stopped tasks for about an hour.
 */
export async function reasonsOf(
  { aws, cluster, service, logGroup }: Place,
  tag: string,
  tagOf: (taskDefinition?: string) => Promise<string>,
): Promise<string[]> {
  const stopped = new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED', maxResults: 100 })
  const { taskArns = [] } = await aws.ecs.send(stopped)
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))
  /** First task by reason: all tasks of a bad image fail alike. */
  const reasons = new Map<string, string>()
  for (const task of tasks) {
    // A successful deployment also stops tasks: those of the previous image.
    if ((await tagOf(task.taskDefinitionArn)) !== tag) continue
    const reason = reasonOf(task)
    if (!reasons.has(reason)) reasons.set(reason, task.taskArn?.split('/').at(-1) ?? '?')
  }
  return [...reasons].slice(0, MOST).map(([reason, id]) => `${reason} (task ${id}, log ${logGroup})`)
}

function reasonOf({ stoppedReason = 'a task stopped', containers = [] }: Task): string {
  const ended = containers.filter(({ exitCode = 0, reason }) => exitCode !== 0 || reason)
  // A failed migration is the cause: the other containers are stopped because of it.
  const cause = ended.find(({ name }) => name === 'migrate') ?? ended[0]
  if (!cause) return stoppedReason
  const { name, exitCode, reason } = cause
  const code = exitCode === undefined ? '' : ` ended with ${exitCode}`
  return `container ${name}${code}${reason ? `: ${reason}` : ''}`
}
