import type { Test } from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf } from '../support/analyzers.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import { startLossyProxy } from './lossy-proxy.ts'
import { type Stage, stageTest } from './stage.ts'

/** An answer that is lost on its way is asked for again under the same key: one effect, one row. */
async function lostAnswerTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const proxy = await startLossyProxy(service.url)
  t.teardown(() => proxy.close())
  const { page } = await openPage(t, browser)
  analyzer.answer = () => resultOf()
  analyzer.inputs.length = 0
  const rowsOf = async (name: string) =>
    (await service.database.db.select().from(analyses)).filter(({ fileName }) => fileName === name)
  await page.goto(proxy.url)

  // Chromium itself repeats a request on a connection that it had open already, and only once: the rest is the page's.
  proxy.losses = 2
  await addPhotos(page, jpegFile('lost.jpg', await photo()))
  await rowOf(page, 'lost.jpg').and(page.locator('[data-state=done]')).waitFor()
  t.equal(proxy.keys.length, 3, 'sent again by itself')
  t.match(proxy.keys[0], /^[\w-]{16,}$/)
  t.equal(new Set(proxy.keys).size, 1, 'under the same key')
  t.equal(analyzer.inputs.length, 1, 'the model was asked once')
  t.equal((await rowsOf('lost.jpg')).length, 1, 'one row')

  const asked: number[] = []
  analyzer.answer = () => {
    asked.push(Date.now())
    if (asked.length > 1) return resultOf()
    throw new AnalyzerError('overloaded', 'Too much to do', { retryAfterSeconds: 2 })
  }
  await addPhotos(page, jpegFile('busy.jpg', await photo()))
  await rowOf(page, 'busy.jpg').and(page.locator('[data-state=done]')).waitFor()
  t.ok((asked[1] ?? 0) - (asked[0] ?? 0) >= 1900, 'Retry-After is obeyed')
  t.equal(proxy.keys.at(-1), proxy.keys.at(-2))
  t.not(proxy.keys.at(-1), proxy.keys[0], 'another photo has a key of its own')
  t.equal((await rowsOf('busy.jpg')).length, 1)
}

stageTest('L8 a lost answer', lostAnswerTests)
