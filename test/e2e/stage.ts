import type { Browser } from 'playwright-core'
import t, { type Test } from 'tap'
import { buildPageIfStale } from '../../scripts/built-page.ts'
import { type ScriptedAnalyzer, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService, type TestService } from '../support/service.ts'
import { chromiumPath, launch } from './browser.ts'

/** A page under test: a browser, and a service whose analyzer says what the test tells it. */
export interface Stage {
  browser: Browser
  service: TestService
  analyzer: ScriptedAnalyzer
}

/** Runs a test in real Chromium on the page as web/src has it. The test starts its own service. */
export function browserTest(title: string, run: (t: Test, browser: Browser) => Promise<void>): void {
  const executable = chromiumPath()
  const skip = executable ? false : 'Chromium is not here: install the package chromium, or set CHROMIUM to its path'
  // Several times what a file takes on two quiet cores.
  t.setTimeout(600_000)
  t.test(title, { skip }, async (t) => {
    await buildPageIfStale()
    const browser = await launch(executable ?? '')
    t.teardown(() => browser.close())
    await run(t, browser)
  })
}

/** The same with a service that takes photos of at most 1 MB, so that one that is too large is quickly made. */
export function stageTest(title: string, run: (t: Test, stage: Stage) => Promise<void>): void {
  browserTest(title, async (t, browser) => {
    const analyzer = scriptedAnalyzer()
    // The tests open more pages a minute than people do.
    const service = await startService({ MAX_IMAGE_SIZE_MB: '1', RATE_LIMIT_PER_IP: '1000' }, { analyzer })
    t.teardown(() => service.close())
    await run(t, { browser, service, analyzer })
  })
}
