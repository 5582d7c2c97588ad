import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { eventually } from '../../fixtures/load.ts'
import { type ServiceProcess, spawnService } from '../../fixtures/processes.ts'
import { type RoundRobin, startRoundRobin } from '../../fixtures/round-robin.ts'

/** What a tag stands for here: the variables that its processes run with; `pullable` false is a tag that nobody pushed. */
export interface LocalImage {
  readonly pullable?: boolean
  readonly api?: Record<string, string>
  readonly migration?: Record<string, string>
}

interface LocalTask {
  readonly id: string
  readonly tag: string
  service?: ServiceProcess
  /** Where it listens, once it is registered with the load balancer. */
  origin?: string
  /** As ECS tells of a task that stopped. */
  stopped?: { stoppedReason: string; containers: object[] }
}

/** As many processes as prod has tasks. */
const TASKS = 2
/** After so many failed tasks the circuit breaker gives up; AWS's own least is three, which takes longer and shows no more. */
const BREAKER = 2
/** Only guards against a hang: a task that listens is ready soon, on a busy machine later. */
const READY_S = 60
const root = resolve(import.meta.dirname, '../..')

/**
 * ECS on this machine: tasks are real processes (the migration, then the API), started by its rules, and its API answers about
 * them as AWS's does. New tasks are healthy before old ones go, and an old one is told to stop only when the load balancer has drained it.
 * A deployment whose tasks fail is given up and the one before stays.
 */
export class LocalEcs {
  readonly balancer: RoundRobin
  readonly #images: Readonly<Record<string, LocalImage>>
  readonly #env: Record<string, string>
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => {
      const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
      const answer = this.#answer(action, JSON.parse(body || '{}') as Record<string, string>)
      response
        .writeHead(answer ? 200 : 400)
        .end(JSON.stringify(answer ?? { __type: 'ParameterNotFound', message: action }))
    })
  })
  #tasks: LocalTask[] = []
  #deployments: {
    tag: string
    status: string
    rolloutState: string
    rolloutStateReason?: string
    failedTasks: number
  }[] = []
  #count = 0
  /** The tag that the last apply noted, as the SSM parameter holds it. */
  noted: string | undefined

  private constructor(balancer: RoundRobin, images: Readonly<Record<string, LocalImage>>, env: Record<string, string>) {
    this.balancer = balancer
    this.#images = images
    this.#env = env
  }

  /** `env`: what all tasks have. */
  static async start(images: Readonly<Record<string, LocalImage>>, env: Record<string, string>): Promise<LocalEcs> {
    const ecs = new LocalEcs(await startRoundRobin(), images, env)
    ecs.#server.listen(0, '127.0.0.1')
    await once(ecs.#server, 'listening')
    return ecs
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Process ids of the API, of tasks that run. */
  get pids(): number[] {
    return this.#running().flatMap(({ service }) => (service ? [service.pid] : []))
  }

  /** Begins a deployment and returns when it is over, one way or the other, as an apply does. */
  async deploy(tag: string): Promise<void> {
    const before = this.#deployments[0]
    if (this.#running().filter((task) => task.tag === tag).length === TASKS) {
      this.noted = tag // the circuit breaker kept these tasks: there is nothing to replace
      return
    }
    const own = { tag, status: 'PRIMARY', rolloutState: 'IN_PROGRESS', failedTasks: 0 }
    this.#deployments = [own, ...(before ? [{ ...before, status: 'ACTIVE' }] : [])]
    this.noted = tag
    const old = this.#running()
    const fresh: LocalTask[] = []
    while (fresh.length < TASKS && own.failedTasks < BREAKER) {
      const missing = Array.from({ length: TASKS - fresh.length })
      for (const task of await Promise.all(missing.map(() => this.#startTask(tag)))) {
        if (task.stopped) own.failedTasks++
        else fresh.push(task)
      }
    }
    if (fresh.length < TASKS) {
      await Promise.all(fresh.map((task) => this.#stopTask(task)))
      const rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
      this.#deployments = [
        ...(before ? [{ ...before, status: 'PRIMARY', rolloutState: 'COMPLETED' }] : []),
        { ...own, status: 'INACTIVE', rolloutState: 'FAILED', rolloutStateReason },
      ]
      return
    }
    own.rolloutState = 'COMPLETED'
    this.#deployments = [own]
    await Promise.all(old.map((task) => this.#stopTask(task)))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running().map((task) => this.#stopTask(task)))
    await this.balancer.close()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #running = () => this.#tasks.filter(({ service, stopped }) => service && !stopped)

  async #startTask(tag: string): Promise<LocalTask> {
    const task: LocalTask = { id: `task${++this.#count}`, tag }
    this.#tasks.push(task)
    const image = this.#images[tag]
    if (!image || image.pullable === false) {
      const reason = `CannotPullContainerError: pull image manifest has been retried 1 time(s): ${tag}: not found`
      task.stopped = { stoppedReason: reason, containers: [{ name: 'wiko-api', reason }] }
      return task
    }
    const migration = await exitCode(
      spawn(process.execPath, ['api/database/migrate.ts'], {
        cwd: root,
        env: { PATH: process.env.PATH, ...this.#env, ...image.migration },
        stdio: 'ignore',
      }),
    )
    if (migration !== 0) {
      const containers = [{ name: 'migrate', exitCode: migration }, { name: 'wiko-api' }]
      task.stopped = { stoppedReason: 'Container migrate did not succeed', containers }
      return task
    }
    task.service = spawnService({ ...this.#env, ...image.api })
    const origin = await task.service.listening.catch(() => undefined)
    if (origin !== undefined) {
      await eventually(async () => (await fetch(`${origin}/ready`)).ok, READY_S)
      await this.balancer.register(origin)
      task.origin = origin
    } else {
      const code = await task.service.exited
      const containers = [
        { name: 'migrate', exitCode: 0 },
        { name: 'wiko-api', exitCode: code },
      ]
      task.stopped = { stoppedReason: 'Essential container in task exited', containers }
    }
    return task
  }

  async #stopTask(task: LocalTask): Promise<void> {
    task.stopped = { stoppedReason: 'Scaling activity initiated by deployment', containers: [] }
    if (task.origin !== undefined) await this.balancer.deregister(task.origin)
    await task.service?.stop()
  }

  #answer(action: string, input: Record<string, unknown>): object | undefined {
    const arn = (tag: string) => `arn:aws:ecs:us-east-1:1:task-definition/wiko:${tag}`
    switch (action) {
      case 'DescribeServices': {
        const runningCount = (tag: string) => this.#running().filter((task) => task.tag === tag).length
        const deployments = this.#deployments
          .filter(({ status }) => status !== 'INACTIVE')
          .map((one) => ({
            ...one,
            taskDefinition: arn(one.tag),
            desiredCount: TASKS,
            runningCount: runningCount(one.tag),
          }))
        return { services: [{ deployments }] }
      }
      case 'DescribeTaskDefinition': {
        const tag = String(input.taskDefinition).split(':').at(-1)
        return { taskDefinition: { containerDefinitions: [{ name: 'wiko-api', image: `registry/wiko:${tag}` }] } }
      }
      case 'ListTasks':
        return {
          taskArns: this.#tasks.filter(({ stopped }) => stopped).map(({ id }) => `arn:aws:ecs:us-east-1:1:task/${id}`),
        }
      case 'DescribeTasks': {
        const asked = (input.tasks as string[]).map((one) => one.split('/').at(-1))
        const found = this.#tasks.filter(({ id }) => asked.includes(id))
        const tasks = found.map(({ id, tag, stopped }) => ({
          taskArn: `arn/${id}`,
          taskDefinitionArn: arn(tag),
          ...stopped,
        }))
        return { tasks }
      }
      case 'GetParameter':
        return this.noted === undefined ? undefined : { Parameter: { Value: this.noted } }
      default:
        throw new Error(`the local ECS does not know ${action}`)
    }
  }
}

async function exitCode(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 137
}
