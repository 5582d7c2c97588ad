/** The page in real Chromium against the real service and PostgreSQL. One process: one build, one browser. */
import t from 'tap'
import { accessibilityTests } from './accessibility.ts'
import { buildPage, chromiumPath, launch } from './browser.ts'
import { historyTests } from './history.ts'
import { hostileTests } from './hostile.ts'
import { keyboardTests } from './keyboard.ts'
import { mainJobTests } from './main-job.ts'
import { queueTests } from './queue.ts'
import { signInTests } from './sign-in.ts'
import { openStage } from './stage.ts'

// About a minute alone on the machine, more where other tests run beside it.
t.setTimeout(300_000)
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
  await t.test('hostile texts', (t) => hostileTests(t, stage))
  await t.test('keyboard', (t) => keyboardTests(t, stage))
  await t.test('accessibility', (t) => accessibilityTests(t, stage))
})
