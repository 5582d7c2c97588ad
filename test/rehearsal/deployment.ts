/**
 * Deployment on a simulated AWS account, by the commands that people and workflows call: node test/rehearsal/deployment.ts. Terraform, S3, ECR,
 * ECS's description of itself, SSM and CloudFront's invalidation are simulated; nothing is built, no task runs and nothing answers at
 * the page's address, so the release must stop at its smoke test and go back.
 */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { AwsClients } from '../../ops/aws/clients.ts'
import { commitToDeploy } from '../../ops/deploy/commit.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { say, step } from '../../ops/lib/progress.ts'
import { onSimulatedAccount } from './simulated-account.ts'
import { putSimulatedImage } from './simulated-image.ts'

const root = resolve(import.meta.dirname, '../..')

/** Runs a script as the Makefile does, with its output on the terminal, and returns its exit code and last line of standard error. */
async function run(env: NodeJS.ProcessEnv, ...args: string[]): Promise<{ code: number | null; last: string }> {
  const child = spawn(process.execPath, ['--disable-warning=DEP0044', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text)
    said = (said + text).slice(-4000)
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, last: said.trim().split('\n').at(-1) ?? '' }
}

/** Runs a command that must end well, or with a last line like `expected`. */
async function must(title: string, expected: RegExp | null, env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  say(`== ${title}`)
  const { code, last } = await run(env, ...args)
  const fits = expected ? code !== 0 && expected.test(last) : code === 0
  if (!fits) throw new Failure(`${title}: ended with ${code}, last line: ${last}`)
}

async function main(): Promise<void> {
  const { tag } = await commitToDeploy({})
  await onSimulatedAccount(async (account, folder) => {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...account.env,
      // Node's fetch takes the proxy and its certificate by names of its own.
      NODE_USE_ENV_PROXY: '1',
      NODE_EXTRA_CA_CERTS: account.env.AWS_CA_BUNDLE,
      ENV: 'staging',
      CONFIRM: 'staging',
      STACKS_FOLDER: folder,
      CI: '', // which refuses a local state
      SET: `backend={"kind":"local","path":"${join(folder, 'staging.tfstate')}"}`,
    }
    await step('Images', () => must('two images', null, env, join(import.meta.filename), '--images', tag))
    const infra = 'ops/infra.ts'
    const deploy = 'ops/deploy.ts'
    await must('first plan', null, { ...env, IMAGE_TAG: 'before' }, infra, 'plan')
    await must('first apply', null, env, infra, 'apply')
    await must('page', null, env, deploy, 'web')
    await must('plan of the release', null, { ...env, IMAGE_TAG: tag }, infra, 'plan')
    const back = new RegExp(
      `^Deployment of ${tag} to staging FAILED at smoke test: .* -- Rolled back: before runs, page ${tag} is served\\.$`,
    )
    await must('release', back, env, deploy, 'release')
    await must(
      'rollback to nowhere',
      /^TAG: nowhere is not in wiko-defect-analyzer; there are /,
      { ...env, TAG: 'nowhere' },
      deploy,
      'rollback',
    )
  })
}

/** Puts two images into a new repository: nothing is built here. */
async function putImages(tags: readonly string[]): Promise<void> {
  const aws = new AwsClients('us-east-1')
  const repositoryName = 'wiko-defect-analyzer'
  await aws.ecr.send(new CreateRepositoryCommand({ repositoryName }))
  for (const tag of tags) await putSimulatedImage(aws, repositoryName, tag)
}

try {
  const [flag, tag = ''] = process.argv.slice(2)
  if (flag === '--images') await putImages(['before', tag])
  else {
    await main()
    say('The rehearsal of the deployment passed.')
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
