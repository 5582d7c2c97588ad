import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { type ContainerDefinition, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import pg from 'pg'
import { openClient } from '../../api/database/connection.ts'
import { freePort } from '../../fixtures/free-port.ts'
import { type ServiceProcess, spawnService } from '../../fixtures/processes.ts'
import type { RoundRobin } from '../../fixtures/round-robin.ts'
import type { AwsClients } from '../../ops/aws/clients.ts'

const run = promisify(execFile)
/** As many processes as prod has tasks. */
export const TASKS = 2

export interface TasksParts {
  readonly aws: AwsClients
  /** The clone, whose commits the tags name. */
  readonly clone: string
  readonly folder: string
  /** Administrator's address of the local PostgreSQL. */
  readonly postgres: string
  /** What stands in for what only a VPC has: added to the variables of the task, or taken from them (null). */
  readonly variables: Readonly<Record<string, string | null>>
  /** Where tasks that are ready are registered; those that go are drained first. */
  readonly balancer: RoundRobin
  readonly log: string
  readonly say: (line: string) => void
}

/**
 * In the place of ECS's tasks: when the simulated account deploys a task definition, its migration is run and two processes of the API are
 * started with its variables and secrets, out of the commit that the image's tag names; when they are ready the old ones are stopped. What
 * fails is told to the account, which then tells of a failed deployment.
 */
export class Tasks {
  /** Origins at which tasks may be: as many again as run, as new ones are ready before old ones go. */
  readonly #origins: readonly string[]
  /** The tag whose processes run. */
  tag: string | undefined
  #parts: TasksParts
  #running: ServiceProcess[] = []
  #half = 0
  /** Of the API's user: the tasks that go still sign in by it. */
  readonly #password = randomBytes(16).toString('hex')
  #last: Promise<unknown> = Promise.resolve()
  readonly #server = createServer((request, response) => {
    const work = this.#last.then(async () =>
      this.#deploy(((await json(request)) as { taskDefinition: string }).taskDefinition),
    )
    this.#last = work.catch(() => undefined)
    work.then(
      () => response.end('{}'),
      (error: Error) => {
        this.#parts.say(`tasks: ${error.message}`)
        response.writeHead(500).end(error.message)
      },
    )
  })

  private constructor(parts: TasksParts, ports: readonly number[]) {
    this.#parts = parts
    this.#origins = ports.map((port) => `http://127.0.0.1:${port}`)
  }

  /** `port`: where the account tells of deployments. */
  static async open(parts: TasksParts, port: number): Promise<Tasks> {
    const ports = new Set<number>()
    while (ports.size < TASKS * 2) ports.add(await freePort())
    const tasks = new Tasks(parts, [...ports])
    await new Promise<void>((done) => tasks.#server.listen(port, '127.0.0.1', done))
    return tasks
  }

  get pids(): number[] {
    return this.#running.map(({ pid }) => pid)
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await Promise.all(this.#running.map((service) => service.stop()))
  }

  async #deploy(arn: string): Promise<void> {
    const { say, variables, balancer, log } = this.#parts
    const { ecs } = this.#parts.aws
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))
    const containers = taskDefinition?.containerDefinitions ?? []
    const [migration, api] = ['migrate', 'wiko-api'].map((name) => containers.find((one) => one.name === name))
    if (!migration || !api) throw new Error(`${arn} has no container migrate or wiko-api`)
    const tag = api.image?.split(':').at(-1) ?? ''
    const code = await this.#codeOf(tag)
    const env = await this.#variablesOf(api)
    const database = await this.#migrate(code, migration, String(env.DATABASE_URL))
    const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null)) as Record<
      string,
      string
    >
    for (const [name, value] of Object.entries(variables)) if (value === null) delete env[name]
    const first = this.#half * TASKS
    const origins = this.#origins.slice(first, first + TASKS)
    const before = this.#origins.slice(TASKS - first, 2 * TASKS - first)
    const started = origins.map((origin) =>
      spawnService({ ...env, ...given, DATABASE_URL: database, PORT: new URL(origin).port }, [], code),
    )
    for (const service of started) {
      service.process.stdout?.on('data', (text: Buffer) => appendFileSync(log, text))
    }
    try {
      await Promise.all(started.map(({ listening }) => listening))
      await Promise.all(origins.map((origin) => balancer.register(origin)))
    } catch (error) {
      await Promise.all(origins.map((origin) => balancer.deregister(origin)))
      await Promise.all(started.map((service) => service.stop()))
      throw error
    }
    const old = this.#running
    this.#running = started
    this.#half = 1 - this.#half
    this.tag = tag
    say(
      `tasks: ${TASKS} processes of ${tag} are ready (pids ${this.pids.join(', ')})${old.length > 0 ? '; the old ones go' : ''}`,
    )
    if (old.length > 0) await Promise.all(before.map((origin) => balancer.deregister(origin)))
    await Promise.all(old.map((service) => service.stop()))
  }

  /** The commit of a tag in a folder of its own, on the clone's packages. */
  async #codeOf(tag: string): Promise<string> {
    const { clone, folder } = this.#parts
    const code = join(folder, 'images', tag)
    if (existsSync(code)) return code
    await run('git', ['-C', clone, 'worktree', 'add', '--quiet', '--detach', code, tag])
    await symlink(join(clone, 'node_modules'), join(code, 'node_modules'))
    return code
  }

  /** A container's variables and secrets, as ECS gives them to it. */
  async #variablesOf({ environment = [], secrets = [] }: ContainerDefinition): Promise<Record<string, string>> {
    const entries = environment.map(({ name = '', value = '' }) => [name, value] as const)
    const secret = await Promise.all(
      secrets.map(async ({ name = '', valueFrom }) => {
        const { SecretString } = await this.#parts.aws.secrets.send(new GetSecretValueCommand({ SecretId: valueFrom }))
        return [name, SecretString ?? ''] as const
      }),
    )
    return Object.fromEntries([...entries, ...secret])
  }

  /**
   * Runs the migration as the task does: as the owner, who makes the API's own user. Returns that user's address on the local server, with a
   * password in the place of IAM tokens.
   */
  async #migrate(
    code: string,
    { command = [], environment = [] }: ContainerDefinition,
    applied: string,
  ): Promise<string> {
    const owner = new URL(this.#parts.postgres)
    const address = new URL(owner)
    address.username = new URL(applied).username
    address.password = ''
    const [program = '', ...args] = command
    await run(program === 'node' ? process.execPath : program, args, {
      cwd: code,
      env: {
        PATH: process.env.PATH,
        ...Object.fromEntries(environment.map(({ name, value }) => [name, value])),
        DATABASE_URL: address.href,
        MIGRATION_USER: decodeURIComponent(owner.username),
        MIGRATION_PASSWORD: decodeURIComponent(owner.password),
      },
    })
    const client = await openClient(owner.href)
    address.password = this.#password
    const user = pg.escapeIdentifier(decodeURIComponent(address.username))
    await client.query(`alter role ${user} password '${address.password}'`).finally(() => client.end())
    return address.href
  }
}
