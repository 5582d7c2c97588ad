import { Failure } from '../lib/failures.ts'
import { say, step } from '../lib/progress.ts'
import { report } from '../lib/report.ts'
import type { Steps } from './steps.ts'

/**
 * Releases a reviewed plan: apply, rollout, page, smoke test. A failure rolls image and page back.
 * @throws Failure in one line: the failed step, the reason, and what runs now
 */
export async function release(environment: string, tag: string, steps: Steps): Promise<void> {
  const before = await steps.before()
  await report({ previous: before.image ?? '' })
  let where = 'apply'
  let pageTouched = false
  try {
    await step('Apply the reviewed plan', () => steps.applyReviewed()).catch(async (error: unknown) => {
      // If tasks did not start, Terraform reports only a timeout; ECS has the reason.
      const reasons = error instanceof Failure ? await steps.reasonsAgainst(tag) : []
      throw reasons.length > 0 ? new Failure([oneLine((error as Failure).message), ...reasons].join('; ')) : error
    })
    where = 'rollout'
    await step(`Wait until ${tag} runs`, () => steps.waitFor(tag))
    where = 'page'
    pageTouched = true
    await step(`Page ${tag}`, () => steps.servePage(tag))
    where = 'smoke test'
    await step('Smoke test', () => steps.smoke(true))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    say(`FAILED at ${where}: ${error.message}`)
    const now = await putBack(tag, before, pageTouched, steps)
    throw new Failure(`Deployment of ${tag} to ${environment} FAILED at ${where}: ${oneLine(error.message)} -- ${now}`)
  }
  say(`${environment} runs ${tag}.`)
}

/** Rolls image and page back; returns a description of what runs afterwards. */
async function putBack(
  tag: string,
  { image, page }: Awaited<ReturnType<Steps['before']>>,
  pageTouched: boolean,
  steps: Steps,
): Promise<string> {
  if (image === undefined) return 'Nothing ran here before, so there is nothing to go back to.'
  const done: string[] = []
  try {
    if (image !== tag) {
      await step(`Roll back to ${image}`, () => steps.applyTag(image))
      await step(`Wait until ${image} runs`, () => steps.waitFor(image))
    }
    done.push(`${image} runs`)
    if (pageTouched && page !== undefined) {
      if (page !== tag) await step(`Page ${page} again`, () => steps.servePageAgain(page))
      done.push(`page ${page} is served`)
    }
    return `Rolled back: ${done.join(', ')}.`
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return `The ROLLBACK FAILED too (${done.join(', ') || 'nothing is as it was'}): ${oneLine(error.message)}`
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
