/** The page in real Chromium against the real service and PostgreSQL. One process: one build, one browser. */
import t from 'tap'
import { accessibilityTests } from './accessibility.ts'
import { buildPage, chromiumPath, launch } from './browser.ts'
import { firstLoadTests } from './first-load.ts'
import { historyTests } from './history.ts'
import { hostileTests } from './hostile.ts'
import { keyboardTests } from './keyboard.ts'
import { languageTests } from './languages.ts'
import { lostAnswerTests } from './lost-answer.ts'
import { mainJobTests } from './main-job.ts'
import { printingTests } from './printing.ts'
import { queueTests } from './queue.ts'
import { reviewTests } from './review.ts'
import { reviewQueueTests } from './review-queue.ts'
import { signInTests } from './sign-in.ts'
import { openStage } from './stage.ts'
import { verdictViewTests } from './verdict-view.ts'

// About two minutes alone on the machine, more where other tests run beside it.
t.setTimeout(600_000)
const executable = chromiumPath()
const skip = executable ? false : 'Chromium is not here: install the package chromium, or set CHROMIUM to its path'

t.test('page', { skip }, async (t) => {
  await buildPage()
  const browser = await launch(executable ?? '')
  t.teardown(() => browser.close())
  await t.test('main job', (t) => mainJobTests(t, browser))
  await t.test('sign-in', (t) => signInTests(t, browser))
  await t.test('history', (t) => historyTests(t, browser))

  const stage = await openStage(browser)
  t.teardown(() => stage.service.close())
  await t.test('queue', (t) => queueTests(t, stage))
  await t.test('L8 a lost answer', (t) => lostAnswerTests(t, stage))
  await t.test('L7 hostile texts', (t) => hostileTests(t, stage))
  await t.test('keyboard', (t) => keyboardTests(t, stage))
  await t.test('verdict view', (t) => verdictViewTests(t, stage))
  await t.test('review', (t) => reviewTests(t, stage))
  await t.test('review queue', (t) => reviewQueueTests(t, stage))
  await t.test('languages', (t) => languageTests(t, stage))
  await t.test('printing', (t) => printingTests(t, stage))
  await t.test('first load', (t) => firstLoadTests(t, stage))
  await t.test('L6 accessibility', (t) => accessibilityTests(t, stage))
})
