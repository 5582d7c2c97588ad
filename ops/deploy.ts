/**
 * Deployment: node ops/deploy.ts <command>, with ENV, IMAGE_TAG, TAG, CONFIRM, SET and SMOKE_API_KEY from the environment. The workflow of GitHub
 * calls the same commands. docs/delivery.md tells of them.
 */
import { SettingsError } from '../stacks/stacks.ts'
import { commitToDeploy } from './deploy/commit.ts'
import { servePage } from './deploy/page.ts'
import { buildPage } from './deploy/page-build.ts'
import { publish } from './deploy/publish.ts'
import { digestOf } from './deploy/registry.ts'
import { release } from './deploy/release.ts'
import { restart } from './deploy/restart.ts'
import { rollback } from './deploy/rollback.ts'
import { smoke } from './deploy/smoke.ts'
import { stepsOf } from './deploy/steps.ts'
import { openTarget, placeOf } from './deploy/target.ts'
import { plan } from './infra/plan.ts'
import { confirm } from './lib/confirm.ts'
import { Failure } from './lib/failures.ts'
import { step } from './lib/progress.ts'

type Command = (env: NodeJS.ProcessEnv) => Promise<void>

const commands: Readonly<Record<string, Command>> = {
  /** Pushes the commit's image and waits for its scan. */
  publish: async (env) => publish(placeOf(env), await commitToDeploy(env)),
  /** Releases a reviewed plan. */
  release: async (env) => {
    const { tag } = await commitToDeploy(env)
    const target = await openTarget(env)
    if (!(await digestOf(target, tag))) throw new Failure(`${tag} is not in ${target.repository}: make publish first.`)
    await release(target.environment, tag, stepsOf(target, env))
  },
  /** Publish, plan, ask, release. */
  deploy: async (env) => {
    const place = placeOf(env)
    const commit = await commitToDeploy(env)
    await publish(place, commit)
    await step('Plan', () => plan({ ...env, IMAGE_TAG: commit.tag }))
    await confirm(
      env,
      place.environment,
      `This deploys ${commit.tag} to ${place.environment}. Type its name to go on: `,
      'Not deployed: the name of the environment was not typed (or given as CONFIRM).',
    )
    const target = await openTarget(env)
    await release(target.environment, commit.tag, stepsOf(target, env))
  },
  /** Only the page. */
  web: async (env) => {
    const { tag } = await commitToDeploy(env)
    const target = await openTarget(env)
    const folder = await step('Build the page', () => buildPage(target.apiForPage))
    await step(`Page ${tag}`, () => servePage(target, tag, folder))
  },
  /** New tasks of the running image, for values that are read only at start. */
  restart: async (env) => restart(placeOf(env)),
  rollback: async (env) => rollback(await openTarget(env), env),
  smoke: async (env) => smoke(await openTarget(env), { key: env.SMOKE_API_KEY }),
}

const [name = ''] = process.argv.slice(2)
try {
  const command = commands[name]
  if (!command) throw new Failure(`Usage: node ops/deploy.ts ${Object.keys(commands).join(' | ')}`)
  await command(process.env)
} catch (error) {
  if (!(error instanceof Failure || error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
