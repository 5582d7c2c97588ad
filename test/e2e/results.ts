import { eq } from 'drizzle-orm'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import type { AnalyzerResult } from '../../api/domain/verdict.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { analysisOf } from '../support/http.ts'
import { openPage } from './browser.ts'
import type { Stage } from './stage.ts'

export const WIDTH = 800
export const HEIGHT = 600

/** Stores a result of a picture of 800 x 600 pixels; its id. */
export async function storeResult(
  { service, analyzer }: Stage,
  result: AnalyzerResult,
  fields: Record<string, string> = {},
): Promise<string> {
  analyzer.answer = () => result
  const form = photoForm(await photo(WIDTH, HEIGHT), { product_sku: 'WK-SC-200', facility: 'yangjiang', ...fields })
  const answer = await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: form })
  return (await analysisOf(answer)).defect_id
}

/** A result's own page, with what the tests do there. */
export async function openResult(t: Test, stage: Stage, id: string) {
  const opened = await openPage(t, stage.browser)
  const { page } = opened
  const stored = async () => {
    const [row] = await stage.service.database.db.select().from(analyses).where(eq(analyses.defectId, id))
    if (!row) throw new Error(`there is no ${id}`)
    return row
  }
  await page.goto(`${stage.service.url}/results/${id}`)
  await page.getByText('Nobody has judged this part yet.').waitFor()
  return {
    ...opened,
    stored,
    article: page.locator('article'),
    /** Whose verdict counts. */
    standing: page.locator('[data-human=true]'),
    history: page.getByRole('region', { name: 'Changes' }),
  }
}

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name, exact: true })
