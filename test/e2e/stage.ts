import type { Browser } from 'playwright-core'
import { type ScriptedAnalyzer, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService, type TestService } from '../support/service.ts'

/** What most tests of the page share: starting a service of its own for each would take most of their time. */
export interface Stage {
  browser: Browser
  service: TestService
  /** Says what the test tells it. */
  analyzer: ScriptedAnalyzer
}

/** A service that takes photos of at most 1 MB, so that one that is too large is quickly made. The tests open more pages a minute than people do. */
export async function openStage(browser: Browser): Promise<Stage> {
  const analyzer = scriptedAnalyzer()
  return {
    browser,
    analyzer,
    service: await startService({ MAX_IMAGE_SIZE_MB: '1', RATE_LIMIT_PER_IP: '1000' }, { analyzer }),
  }
}
