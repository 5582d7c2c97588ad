/** The page in real Chromium against the real service and PostgreSQL. One process: one build, one browser. */
import t from 'tap'
import { accessibilityTests } from './accessibility.ts'
import { adminTests } from './admin.ts'
import { buildPage, chromiumPath, launch } from './browser.ts'
import { dashboardTests } from './dashboard.ts'
import { firstLoadTests } from './first-load.ts'
import { historyTests } from './history.ts'
import { hostileTests } from './hostile.ts'
import { keyboardTests } from './keyboard.ts'
import { languageTests } from './languages.ts'
import { layoutTests } from './layout.ts'
import { lostAnswerTests } from './lost-answer.ts'
import { mainJobTests } from './main-job.ts'
import { manyPhotosTests } from './many-photos.ts'
import { offlineTests } from './offline.ts'
import { photoGateTests } from './photo-gate.ts'
import { printingTests } from './printing.ts'
import { qualityTests } from './quality.ts'
import { queueTests } from './queue.ts'
import { reloadTests, signedOutTests } from './reload.ts'
import { reviewTests } from './review.ts'
import { reviewQueueTests } from './review-queue.ts'
import { shiftTests } from './shifts.ts'
import { signInTests } from './sign-in.ts'
import { openStage } from './stage.ts'
import { otherScriptTests, translationTests } from './translation.ts'
import { twoOriginsTests } from './two-origins.ts'
import { verdictViewTests } from './verdict-view.ts'

// About ten minutes where other tests run beside it.
t.setTimeout(1_500_000)
const executable = chromiumPath()
const skip = executable ? false : 'Chromium is not here: install the package chromium, or set CHROMIUM to its path'

t.test('page', { skip }, async (t) => {
  await buildPage()
  const browser = await launch(executable ?? '')
  t.teardown(() => browser.close())
  await t.test('main job', (t) => mainJobTests(t, browser))
  await t.test('photo gate', (t) => photoGateTests(t, browser))
  await t.test('sign-in', (t) => signInTests(t, browser))
  await t.test('signed out', (t) => signedOutTests(t, browser))
  await t.test('history', (t) => historyTests(t, browser))
  await t.test('many photos', (t) => manyPhotosTests(t, browser))
  await t.test('dashboard', (t) => dashboardTests(t, browser))
  await t.test('administration', (t) => adminTests(t, browser))
  await t.test('quality', (t) => qualityTests(t, browser))
  await t.test('page and API on two origins', (t) => twoOriginsTests(t, browser))

  const stage = await openStage(browser)
  t.teardown(() => stage.service.close())
  await t.test('queue', (t) => queueTests(t, stage))
  await t.test('reload', (t) => reloadTests(t, stage))
  await t.test('offline', (t) => offlineTests(t, stage))
  await t.test('L8 a lost answer', (t) => lostAnswerTests(t, stage))
  await t.test('L7 hostile texts', (t) => hostileTests(t, stage))
  await t.test('keyboard', (t) => keyboardTests(t, stage))
  await t.test('layout', (t) => layoutTests(t, stage))
  await t.test('verdict view', (t) => verdictViewTests(t, stage))
  await t.test('review', (t) => reviewTests(t, stage))
  await t.test('review queue', (t) => reviewQueueTests(t, stage))
  await t.test('languages', (t) => languageTests(t, stage))
  await t.test('translation', (t) => translationTests(t, stage))
  await t.test('the other Chinese script', (t) => otherScriptTests(t, stage))
  await t.test('printing', (t) => printingTests(t, stage))
  await t.test('nothing moves', (t) => shiftTests(t, stage))
  await t.test('first load', (t) => firstLoadTests(t, stage))
  await t.test('L6 accessibility', (t) => accessibilityTests(t, stage))
})
