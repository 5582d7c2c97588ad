import { apply } from '../infra/apply.ts'
import { plan } from '../infra/plan.ts'
import { confirm } from '../lib/confirm.ts'
import { Failure } from '../lib/failures.ts'
import { say, step } from '../lib/progress.ts'
import { releases } from './page-releases.ts'
import { openPageStore } from './page-store.ts'
import { digestOf, newestTags } from './registry.ts'
import { stepsOf } from './steps.ts'
import type { Target } from './target.ts'

/** @throws Failure listing the newest tags if `tag` is not in the registry */
export async function requireTag(target: Pick<Target, 'aws' | 'repository' | 'platform'>, tag: string): Promise<void> {
  if (tag && (await digestOf(target, tag))) return
  const tags = await newestTags(target)
  throw new Failure(
    `TAG: ${tag || 'none given'} is not in ${target.repository}; there are ${tags.join(', ') || 'none'} (the newest first).`,
  )
}

/** Redeploys an older image through plan and apply, and its page if that is still stored. */
export async function rollback(target: Target, env: NodeJS.ProcessEnv): Promise<void> {
  const tag = env.TAG ?? ''
  const { environment } = target
  await requireTag(target, tag)
  await plan({ ...env, IMAGE_TAG: tag })
  await confirm(
    env,
    environment,
    `This brings ${tag} back to ${environment}. Type its name to go on: `,
    'Not rolled back: the name of the environment was not typed (or given as CONFIRM).',
  )
  const steps = stepsOf(target, env)
  await step('Apply', () => apply(env))
  await step(`Wait until ${tag} runs`, () => steps.waitFor(tag))
  const kept = (await releases(openPageStore(target))).some((one) => one.tag === tag)
  if (kept) await step(`Page ${tag} again`, () => steps.servePageAgain(tag))
  else say(`The page of ${tag} is not kept any more: the page stays as it is.`)
  await step('Smoke test', () => steps.smoke(false))
  say(`${environment} runs ${tag}${kept ? ', with its page' : ''}.`)
}
