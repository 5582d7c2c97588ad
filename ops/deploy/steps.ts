import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { apply } from '../infra/apply.ts'
import { plan } from '../infra/plan.ts'
import { servedPage, servePage, servePageAgain } from './page.ts'
import { buildPage, indexFile } from './page-build.ts'
import { reasonsAgainst, runningTag, waitForRollout } from './rollout.ts'
import { smoke } from './smoke.ts'
import type { Target } from './target.ts'

/** What a release is made of; tests put local processes in the place of ECS. Each throws Failure in one line. */
export interface Steps {
  /** The tags that run and are served now. */
  before(): Promise<{ image: string | undefined; page: string | undefined }>
  /** Applies the plan that was reviewed. */
  applyReviewed(): Promise<void>
  /** Plans and applies another image tag, and nothing else that a person would have to look at. */
  applyTag(tag: string): Promise<void>
  waitFor(tag: string): Promise<void>
  /** Why tasks of an image stopped; empty: none did. */
  reasonsAgainst(tag: string): Promise<string[]>
  servePage(tag: string): Promise<void>
  servePageAgain(tag: string): Promise<void>
  /** `built`: the page of this checkout must be the one that is served. */
  smoke(built: boolean): Promise<void>
}

/** The steps of a real environment. */
export function stepsOf(target: Target, env: NodeJS.ProcessEnv): Steps {
  const folder = join('web', 'dist')
  return {
    before: async () => ({ image: await runningTag(target), page: await servedPage(target) }),
    applyReviewed: () => apply(env),
    applyTag: async (tag) => {
      await plan({ ...env, IMAGE_TAG: tag, REVIEWED: '' })
      await apply(env)
    },
    waitFor: (tag) => waitForRollout(target, tag),
    reasonsAgainst: (tag) => reasonsAgainst(target, tag),
    servePage: async (tag) => servePage(target, tag, await buildPage(target.apiForPage, folder)),
    servePageAgain: (tag) => servePageAgain(target, tag),
    smoke: async (built) => {
      const index = built ? await readFile(join(folder, indexFile), 'utf8') : undefined
      await smoke(target, { index, key: env.SMOKE_API_KEY })
    },
  }
}
