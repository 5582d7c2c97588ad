import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { Test } from 'tap'
import { AnalyzerError, type AnalyzerInput } from '../../api/analyzer/analyzer.ts'
import { analyses } from '../../drizzle/schema.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { photo } from '../support/photos.ts'
import { startService } from '../support/service.ts'
import { dropPaths, openPage } from './browser.ts'

const PHOTOS = 200
const LONGEST_TASK_MS = 200
/** Of the heap, between the 50th and the 200th photo: the answers of 150 photos are about 1 MB. */
const GROWTH_MB = 8

const OBSERVE_TASKS = `
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration))
  }).observe({ type: 'longtask', buffered: true })`

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

/** Drops the folder onto a new page, and looks through the list while the first photos are sent. */
async function dropAndLookThrough(t: Test, browser: Browser, url: string, folder: string) {
  const { page, faults } = await openPage(t, browser)
  await page.addInitScript(OBSERVE_TASKS)
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('Performance.enable')
  await page.goto(url)
  await page.locator('button:enabled', { hasText: 'Folder' }).waitFor()
  await page.evaluate('window.longTasks.length = 0')
  await dropPaths(page, [folder])
  await page.getByText(`of ${PHOTOS} finished`).first().waitFor()
  await until(page, 20)
  for (let pixels = 0; pixels < 12_000; pixels += 1500) {
    await page.evaluate(`document.querySelector('li[data-state]').parentNode.parentNode.scrollTo({ top: ${pixels} })`)
    await sleep(60)
  }
  return { page, faults, chromium, dropping: await page.evaluate<number[]>('window.longTasks') }
}

/** 200 photos dropped at once, and a reload in the middle: all end, each once, and the page answers all the time. */
export async function manyPhotosTests(t: Test, browser: Browser): Promise<void> {
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
  const { page, faults, chromium, dropping } = await dropAndLookThrough(t, browser, service.url, folder)
  await page.reload()
  await page.getByText(`of ${PHOTOS} finished`).first().waitFor()
  await page.evaluate('window.longTasks.length = 0')
  await until(page, 50)
  t.ok((await page.locator('li[data-state]').count()) < 30, 'only rows that can be seen are elements')
  const heap = [await heapMegabytes(chromium)]
  await until(page, PHOTOS)
  heap.push(await heapMegabytes(chromium))
  const working = await page.evaluate<number[]>('window.longTasks')

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

  const growth = (heap[1] ?? 0) - (heap[0] ?? 0)
  t.comment(`heap ${heap.map((mb) => mb.toFixed(1)).join(' to ')} MB; tasks over 50 ms: ${dropping} | ${working}`)
  const tooLong = [...dropping, ...working].filter((ms) => ms > LONGEST_TASK_MS)
  if (tooLong.length > 0) {
    t.comment(`${tooLong} ms: once more, as it may have been what else the machine does`)
    const again = await dropAndLookThrough(t, browser, service.url, folder)
    await until(again.page, PHOTOS)
    const tasks = await again.page.evaluate<number[]>('window.longTasks')
    t.same(
      tasks.filter((ms) => ms > LONGEST_TASK_MS),
      [],
    )
  }
  t.ok(growth < GROWTH_MB, `the heap grew by ${growth.toFixed(1)} MB`)
  t.same(faults, [])
}
