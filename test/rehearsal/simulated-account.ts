import { execFile, spawn } from 'node:child_process'
import { access, glob, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../fixtures/free-port.ts'
import { Failure } from '../../ops/lib/failures.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')
const environment = join(repository, '.venv', 'simulated-aws')
const python = join(environment, 'bin', 'python')
const program = join(import.meta.dirname, 'simulated-aws', 'simulated_aws.py')
/** Pinned: our additions reach into it. */
const moto = 'moto[server,proxy]==5.2.5'

/** A simulated AWS account that Terraform reaches through a proxy, with an unmodified configuration. */
export interface SimulatedAccount {
  /** Environment variables that lead AWS clients to it. */
  readonly env: NodeJS.ProcessEnv
  /** What it has been asked for and does not simulate. */
  notSimulated(): readonly string[]
  /** Runs a Python file of test/rehearsal/simulated-aws against it and returns what it prints. */
  ask(file: string): Promise<string>
  stop(): void
}

/**
 * Starts an empty account. `tasks`: an address that makes the tasks of ECS run, told of each deployment; without, they are only said to.
 * @throws Failure in one line where Python or moto is missing
 */
export async function startSimulatedAccount(tasks?: string): Promise<SimulatedAccount> {
  await install()
  const port = await freePort()
  // A certificate is valid after a second, and the managed policies that we attach exist.
  const settings = {
    MOTO_ACM_VALIDATION_WAIT: '1',
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
    ...(tasks ? { SIMULATED_TASKS: tasks } : {}),
  }
  const child = spawn(python, [program, '-p', String(port)], {
    env: { ...process.env, ...settings, PYTHONUNBUFFERED: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  for (let tries = 0; !said.includes('Serving') && child.exitCode === null && tries < 300; tries++) await sleep(100)
  if (!said.includes('Serving')) throw new Failure('The simulated AWS account did not start.')
  const env = {
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    AWS_CA_BUNDLE: await certificate(),
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1', // boto3's name for it
  }
  return {
    env,
    notSimulated: () => [...new Set(said.match(/(NOT SIMULATED|DENIED) .*/g) ?? [])],
    ask: async (file) => {
      const script = join(import.meta.dirname, 'simulated-aws', file)
      const { stdout } = await run(python, [script], {
        env: { ...process.env, ...env, REQUESTS_CA_BUNDLE: env.AWS_CA_BUNDLE },
      })
      return stdout
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

/** Lends an empty account and a folder to `work`; both are gone afterwards. Where it fails, says what the account does not simulate. */
export async function onSimulatedAccount(
  work: (account: SimulatedAccount, folder: string) => Promise<void>,
): Promise<void> {
  const account = await startSimulatedAccount()
  // Without its account, a Terraform that waits for it ends as well.
  process.once('SIGTERM', () => {
    account.stop()
    process.exit(1)
  })
  const folder = await mkdtemp(join(tmpdir(), 'wiko-rehearsal-'))
  try {
    await work(account, folder)
  } catch (error) {
    for (const line of account.notSimulated()) console.error(line)
    throw error
  } finally {
    account.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Installs moto into an environment of its own: about 30 seconds the first time. */
async function install(): Promise<void> {
  const ready = await access(join(environment, 'bin', 'moto_proxy')).then(
    () => true,
    () => false,
  )
  if (ready) return
  try {
    await run('python3', ['-m', 'venv', environment])
    await run(python, ['-m', 'pip', 'install', '--quiet', moto])
  } catch (error) {
    const last = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)
    throw new Failure(`The simulated AWS account needs python3 with venv, and ${moto} from a package index: ${last}`)
  }
}

async function certificate(): Promise<string> {
  for await (const file of glob(join(environment, 'lib/python3*/site-packages/moto/moto_proxy/ca.crt'))) return file
  throw new Failure(`${moto} has no certificate for its proxy`)
}
