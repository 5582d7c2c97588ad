import t from 'tap'
import { adminTests } from './admin.ts'
import { buildPage, chromiumPath, launch } from './browser.ts'
import { firstLoadTests } from './first-load.ts'
import { languageTests } from './languages.ts'
import { signInTests } from './sign-in.ts'
import { openStage } from './stage.ts'
import { twoOriginsTests } from './two-origins.ts'
import { verdictViewTests } from './verdict-view.ts'

t.setTimeout(900_000)
t.test('x', async (t) => {
  await buildPage()
  const browser = await launch(chromiumPath() ?? '')
  t.teardown(() => browser.close())
  const stage = await openStage(browser)
  t.teardown(() => stage.service.close())
  await t.test('first load', (t) => firstLoadTests(t, stage))
  await t.test('sign-in', (t) => signInTests(t, browser))
  await t.test('two', (t) => twoOriginsTests(t, browser))
  await t.test('verdict view', (t) => verdictViewTests(t, stage))
  await t.test('admin', (t) => adminTests(t, browser))
  await t.test('languages', (t) => languageTests(t, stage))
})
