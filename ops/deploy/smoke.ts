import { photoIsAnalysed, testShotIsVoided } from '../checklist/analysis.ts'
import { contextOf } from '../checklist/context.ts'
import { health } from '../checklist/health.ts'
import { type Group, type Result, reasonOf, runLines } from '../checklist/line.ts'
import { pageLoads } from '../checklist/page.ts'
import { ask } from '../lib/ask.ts'
import { Failure } from '../lib/failures.ts'
import { type Polling, say, waitFor } from '../lib/progress.ts'
import type { Target } from './target.ts'

/** A new index.html may take a minute to be seen everywhere. */
const defaultPolling: Polling = { every: 3_000, most: 120_000 }
const WITHOUT_KEY: readonly Group[] = [health, { title: 'The page', lines: [pageLoads] }]
const WITH_KEY: readonly Group[] = [...WITHOUT_KEY, { title: 'A photo', lines: [photoIsAnalysed] }]
const CLEAN_UP: readonly Group[] = [{ title: 'A photo', lines: [testShotIsVoided] }]

const report = ({ state, name, evidence }: Result) => say(`  ${state}: ${name}: ${evidence}`)

/**
 * Runs the checks of the checklist that need no AWS account: the API is healthy, the page loads, and with a key (scope `analyse`) a photo
 * is analysed and voided. `index` is the index.html that must be served; undefined accepts any.
 * @throws Failure naming the checks that failed, in one line
 */
export async function smoke(
  { page, api }: Pick<Target, 'page' | 'api'>,
  {
    index,
    key,
    polling = defaultPolling,
  }: { index?: string | undefined; key?: string | undefined; polling?: Polling } = {},
): Promise<void> {
  if (index !== undefined) await waitForPage(page, index, polling)
  const context = contextOf(page, { api, key: key || null })
  const results = await runLines(key ? WITH_KEY : WITHOUT_KEY, context, report)
  if (!key) say('  no photo was analysed (SMOKE_API_KEY is not set)')
  // Not a reason to roll back: an analysis that stays counts until somebody voids it.
  if (context.sample) await runLines(CLEAN_UP, context, report)
  const failed = results.filter(({ state }) => state !== 'pass')
  if (failed.length > 0) throw new Failure(failed.map(({ name, evidence }) => `${name}: ${evidence}`).join('; '))
}

async function waitForPage(page: string, index: string, polling: Polling): Promise<void> {
  const served = await waitFor(polling, async () => {
    try {
      const { status, text } = await ask(`${page}/`)
      if (text === index) return {}
      return status === 200 ? 'the previous page is still served' : `the page answers ${status}`
    } catch (error) {
      return reasonOf(error)
    }
  })
  if (!served) throw new Failure(`${page} does not serve the new page after ${polling.most / 1000} s`)
}
