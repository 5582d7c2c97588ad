// `make db-shell ENV=staging`: a way to the private database through a task, by port forwarding of Systems Manager (CloudTrail logs who opened it).
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { apiContainer } from '../modules/service/timing.ts'
import { namesOf } from '../stacks/names.ts'
import { chosenEnvironment } from './infra/chosen-environment.ts'
import { Failure } from './lib/failures.ts'

const run = promisify(execFile)

interface Task {
  readonly taskArn: string
  readonly containers: readonly { readonly name: string; readonly runtimeId?: string }[]
}

/** Session Manager target: cluster, task and the container's runtime id. */
export function sessionTarget(cluster: string, { taskArn, containers }: Task): string | undefined {
  const id = taskArn.split('/').at(-1)
  const runtimeId = containers.find(({ name }) => name === apiContainer)?.runtimeId
  return id && runtimeId ? `ecs:${cluster}_${id}_${runtimeId}` : undefined
}

/** Opens the tunnel until interrupted. @throws Failure in one line */
export async function dbShell(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = chosenEnvironment(env)
  const { name } = settings
  const { DB_PORT: port = '15432' } = env
  if (!/^\d{1,5}$/.test(port)) throw new Failure('DB_PORT must be a port of this machine')
  if (!settings.service.shell) {
    throw new Failure(
      `${name} allows no way into its tasks: set service.shell to true, plan and apply, and take it back after.`,
    )
  }
  const { cluster, service, database } = namesOf(name, settings.names)
  const aws = async (...args: string[]): Promise<unknown> => {
    const all = [...args, '--region', settings.region, '--output', 'json']
    return JSON.parse((await run('aws', all).catch(explain)).stdout)
  }
  const { taskArns } = (await aws('ecs', 'list-tasks', '--cluster', cluster, '--service-name', service)) as {
    taskArns: string[]
  }
  const [task] = taskArns
  if (!task) throw new Failure(`No task of ${service} runs.`)
  const { tasks } = (await aws('ecs', 'describe-tasks', '--cluster', cluster, '--tasks', task)) as { tasks: Task[] }
  const target = tasks[0] && sessionTarget(cluster, tasks[0])
  if (!target) throw new Failure('The task has just started: try again in a minute.')
  const { DBInstances: instances } = (await aws(
    'rds',
    'describe-db-instances',
    '--db-instance-identifier',
    database,
  )) as { DBInstances: { Endpoint?: { Address: string } }[] }
  const host = instances[0]?.Endpoint?.Address
  if (!host) throw new Failure(`${database} has no address yet.`)

  console.log(`The database is at 127.0.0.1:${port} until Ctrl-C. Sign in with a token instead of a password:`)
  console.log(
    `  PGPASSWORD=$(aws rds generate-db-auth-token --hostname ${host} --port 5432 --username USER --region ${settings.region}) \\`,
  )
  console.log(`  psql "host=127.0.0.1 port=${port} dbname=wiko_defect_db user=USER sslmode=require"`)
  const parameters = JSON.stringify({ host: [host], portNumber: ['5432'], localPortNumber: [port] })
  const document = 'AWS-StartPortForwardingSessionToRemoteHost'
  const session = spawn(
    'aws',
    [
      'ssm',
      'start-session',
      '--region',
      settings.region,
      '--target',
      target,
      '--document-name',
      document,
      '--parameters',
      parameters,
    ],
    { stdio: 'inherit' },
  )
  const [code] = (await once(session, 'exit')) as [number | null]
  if (code) throw new Failure('The session ended; it needs the Session Manager plugin of the AWS CLI.')
}

function explain(error: NodeJS.ErrnoException & { stderr?: string }): never {
  if (error.code === 'ENOENT') throw new Failure('The AWS CLI (aws) is not installed.')
  throw new Failure(error.stderr?.trim().split('\n').at(-1) || error.message)
}

if (import.meta.main) {
  try {
    await dbShell(process.env)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
