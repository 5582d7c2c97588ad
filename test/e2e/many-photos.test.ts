import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { Test } from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { analyses } from '../../drizzle/schema.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { dropPaths, openPage } from './browser.ts'
import { browserTest } from './stage.ts'

const PHOTOS = 200
const LONGEST_TASK_MS = 200
/** Of the heap, between the 50th and the 200th photo: the answers of 150 photos are about 1 MB. */
const GROWTH_MB = 8

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  args?: { name?: string }
  /** Microseconds of the processor: what else the machine does meanwhile is not counted. */
  tdur?: number
}

/** Milliseconds of the processor that each task of the page's main thread took while `work` ran, the longest first. */
async function tasksDuring(browser: Browser, page: Page, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mainThreads = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
  )
  return traceEvents
    .filter((event) => /RunTask$/.test(event.name) && event.tdur !== undefined && mainThreads.has(threadOf(event)))
    .map(({ tdur = 0 }) => Math.round(tdur / 1000))
    .sort((a, b) => b - a)
}

/** Many photos in a folder, of a size that costs the page something to decode. */
async function folderOf(t: Test, count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-many-'))
  t.teardown(() => rm(folder, { recursive: true }))
  for (let n = 1; n <= count; n++) await writeFile(join(folder, `part-${n}.jpg`), await photo(480, 360))
  return folder
}

async function heapMegabytes(chromium: CDPSession): Promise<number> {
  await chromium.send('HeapProfiler.collectGarbage')
  const { metrics } = await chromium.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6
}

const SUMMARY = /(\d+) of (\d+) finished(?:, (\d+) failed)?/
const summary = async (page: Page): Promise<{ finished: number; failed: number }> => {
  const [, finished, , failed] = SUMMARY.exec(await page.getByText(SUMMARY).last().innerText()) ?? []
  return { finished: Number(finished), failed: Number(failed ?? 0) }
}
async function until(page: Page, count: number): Promise<void> {
  for (let wait = 0; wait < 1200; wait++) {
    if ((await summary(page)).finished >= count) return
    await sleep(50)
  }
  throw new Error(`${count} photos are never finished`)
}

/** Scrolls through the list as a person does who looks for something. */
async function lookThrough(page: Page): Promise<void> {
  for (let pixels = 0; pixels < 12_000; pixels += 1500) {
    await page.evaluate(`document.querySelector('li[data-state]').parentNode.parentNode.scrollTo({ top: ${pixels} })`)
    await sleep(60)
  }
}

/** Waits until every photo is in the browser's store. */
const ALL_ARE_KEPT = `new Promise((done) => {
  const look = (db) => {
    const asked = db.transaction('items').objectStore('items').count()
    asked.onsuccess = () => (asked.result >= ${PHOTOS} ? done(db.close()) : setTimeout(look, 100, db))
  }
  const opening = indexedDB.open('wiko.queue')
  opening.onsuccess = () => look(opening.result)
})`

/** 200 photos dropped at once, and a reload in the middle: all end, each once, and the page answers all the time. */
async function manyPhotosTests(t: Test, browser: Browser): Promise<void> {
  let answered = 0
  const analyzer = scriptedAnalyzer(async ({ signal }: AnalyzerInput) => {
    await sleep(20, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) throw new AnalyzerError('aborted', 'gone')
    answered++
    if (answered % 50 === 0) throw new AnalyzerError('unavailable', 'The model cannot be reached')
    return resultOf([rust])
  })
  const service = await startService({ RATE_LIMIT_PER_KEY: '10000' }, { analyzer })
  t.teardown(() => service.close())
  const folder = await folderOf(t, PHOTOS)
  const { page, faults } = await openPage(t, browser)
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('Performance.enable')
  await page.goto(service.url)
  await page.locator('button:enabled', { hasText: 'Folder' }).waitFor()

  const tasks = await tasksDuring(browser, page, async () => {
    await dropPaths(page, [folder])
    await page.getByText(`of ${PHOTOS} finished`).first().waitFor()
    await until(page, 10)
    await lookThrough(page)
    await until(page, 30)
  })
  t.ok(tasks.length > 100, 'the tasks were seen')
  t.ok((tasks[0] ?? 0) <= LONGEST_TASK_MS, `the longest tasks took ${tasks.slice(0, 3).join(', ')} ms of the processor`)

  // Before that, the page would ask whether to leave.
  await page.evaluate(ALL_ARE_KEPT)
  await page.reload()
  await page.getByText(`of ${PHOTOS} finished`).first().waitFor()
  await until(page, 50)
  t.ok((await page.locator('li[data-state]').count()) < 30, 'only rows that can be seen are elements')
  const before = await heapMegabytes(chromium)
  await until(page, PHOTOS)
  const after = await heapMegabytes(chromium)
  t.ok(after - before < GROWTH_MB, `the heap went from ${before.toFixed(1)} to ${after.toFixed(1)} MB`)

  const { failed } = await summary(page)
  const rows = await service.database.db.select({ name: analyses.fileName }).from(analyses)
  t.equal(rows.length + failed, PHOTOS, 'each is done or says that it failed')
  t.equal(new Set(rows.map(({ name }) => name)).size, rows.length, 'none was stored twice')
  await page.getByRole('button', { name: 'Retry all failed' }).click()
  await page
    .getByText(/\d+ failed/)
    .first()
    .waitFor({ state: 'detached' })
  await until(page, PHOTOS)
  t.equal((await service.database.db.select().from(analyses)).length, PHOTOS)

  t.same(faults, [])
}

browserTest('many photos', manyPhotosTests)
