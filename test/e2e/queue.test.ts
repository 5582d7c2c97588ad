import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { analyses } from '../../drizzle/schema.ts'
import { eventually } from '../../fixtures/load.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { addPhotos, dropPaths, jpegFile, openPage, rowOf } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

/** Two photos, one that is not accepted and two other files, in folders of folders. */
async function folderOfPhotos(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-folder-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'deep/er'), { recursive: true })
  await Promise.all([
    writeFile(join(folder, 'a.jpg'), await photo()),
    writeFile(join(folder, 'deep/er/b.jpg'), await photo()),
    writeFile(join(folder, 'deep/phone.heic'), Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')),
    writeFile(join(folder, 'deep/readme.txt'), 'no photo'),
    writeFile(join(folder, '.DS_Store'), ''),
  ])
  return folder
}

/** Gives a file to the page as a drop or a paste does. */
const handOver = (page: Page, kind: 'drop' | 'paste', name: string, bytes: Buffer): Promise<void> =>
  page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (char) => char.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], '${name}', { type: 'image/jpeg' }))
    const how = { bubbles: true, cancelable: true }
    const event = '${kind}' === 'drop'
      ? new DragEvent('drop', { ...how, dataTransfer: data })
      : new ClipboardEvent('paste', { ...how, clipboardData: data })
    document.body.dispatchEvent(event)
  })()`)

async function queueTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const good = () => resultOf()

  t.beforeEach(() => {
    analyzer.answer = good
    analyzer.inputs.length = 0
  })

  await t.test('several photos: three at a time, each with its progress and its verdict', async (t) => {
    const { page, faults } = await openPage(t, browser)
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let running = 0
    let most = 0
    analyzer.answer = async () => {
      most = Math.max(most, ++running)
      await gate
      running--
      return resultOf([rust])
    }
    await page.goto(service.url)
    await addPhotos(
      page,
      ...(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (n) => jpegFile(`${n}.jpg`, await photo())))),
    )
    await page.locator('li[data-state=analysing]').nth(2).waitFor()
    await page.locator('li[data-state=queued]').nth(1).waitFor()
    await eventually(() => analyzer.inputs.length >= 3)
    t.equal(analyzer.inputs.length, 3)
    t.match(await rowOf(page, 'a.jpg').innerText(), /Analysing, \d+ s/)
    release()
    await page.getByText('5 of 5 finished').first().waitFor()
    t.equal(most, 3)
    await page.locator('article').getByText('a.jpg').first().waitFor()
    await page.getByRole('button', { name: 'Show the result of d.jpg' }).click()
    await page.locator('article').getByText('d.jpg').first().waitFor()
    await page.getByRole('button', { name: 'Clear finished' }).click()
    t.equal(await page.locator('li[data-state]').count(), 0)
    t.same(faults, [])
  })

  await t.test('several photos end with totals: the first NG opens, and keys walk through them', async (t) => {
    const { page, faults } = await openPage(t, browser)
    analyzer.answer = () => {
      const turn = analyzer.inputs.length
      return turn === 1 ? resultOf() : turn === 2 ? resultOf([{ ...rust, confidence: 0.3 }]) : resultOf([rust])
    }
    await page.goto(service.url)
    const names = ['a', 'b', 'c', 'd']
    await addPhotos(
      page,
      ...(await Promise.all(names.map(async (name) => jpegFile(`${name}.jpg`, await photo())))),
      jpegFile('notes.jpg', Buffer.from('this is a text')),
    )
    await page.getByText('5 of 5 finished').first().waitFor()
    const shown = (at: string) => page.getByText(at, { exact: true }).waitFor()
    await shown('1 of 2 NG')
    t.equal(await page.locator('article [data-size=lg]').innerText(), 'NG', 'it opens by itself')
    const panel = page.getByRole('region', { name: 'Queue' })
    t.match(await panel.innerText(), /NG 2[\s\S]*Review 1[\s\S]*OK 1[\s\S]*Failed 1/)
    await page
      .getByRole('status')
      .filter({ hasText: /NG 2, Review 1, OK 1, Failed 1\. Open: .\.jpg, NG/ })
      .waitFor()
    await page.keyboard.press('j')
    await shown('2 of 2 NG')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await shown('1 of 2 NG')

    // Who looks at something is not taken away from it.
    await addPhotos(page, jpegFile('e.jpg', await photo()), jpegFile('f.jpg', await photo()))
    await page.getByText('7 of 7 finished').first().waitFor()
    await shown('1 of 4 NG')
    t.same(faults, [])
  })

  await t.test('what breaks a rule is refused before it is sent, naming the rule', async (t) => {
    const { page } = await openPage(t, browser)
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/analyze')) sent.push(request.method())
    })
    await page.goto(service.url)
    await addPhotos(
      page,
      jpegFile('notes.jpg', Buffer.from('this is a text')),
      // No browser can make it smaller.
      jpegFile('large.jpg', Buffer.concat([(await photo()).subarray(0, 20), Buffer.alloc(1024 * 1024)])),
      jpegFile('nothing.jpg', Buffer.alloc(0)),
      jpegFile('phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')),
    )
    await page.getByText('4 of 4 finished').first().waitFor()
    t.match(await rowOf(page, 'notes.jpg').innerText(), /Not a JPEG, PNG,? or WebP picture/)
    t.match(await rowOf(page, 'large.jpg').innerText(), /the limit is 1 MB/)
    t.match(await rowOf(page, 'nothing.jpg').innerText(), /empty/)
    t.match(await rowOf(page, 'phone.jpg').innerText(), /cannot convert the HEIC picture/)
    t.same(sent, [])
  })

  await t.test('a photo that fails shows the reason, and retry works', async (t) => {
    const { page } = await openPage(t, browser)
    analyzer.answer = () => {
      throw new AnalyzerError('unavailable', 'The model cannot be reached')
    }
    await page.goto(service.url)
    const damaged = (await photo()).subarray(0, 500)
    const files = { one: await photo(), two: await photo(), damaged }
    await addPhotos(page, ...Object.entries(files).map(([name, bytes]) => jpegFile(`${name}.jpg`, bytes)))
    await page.getByText('3 of 3 finished').first().waitFor()
    t.equal(await page.getByRole('button', { name: 'Retry damaged.jpg' }).count(), 0, 'only what can succeed')
    t.match(await rowOf(page, 'one.jpg').innerText(), /Failed: The model cannot be reached[\s\S]*Request id: [\w-]+/)
    analyzer.answer = good
    await page.getByRole('button', { name: 'Retry one.jpg' }).click()
    await rowOf(page, 'one.jpg').and(page.locator('[data-state=done]')).waitFor()
    await page.getByRole('button', { name: 'Retry all failed' }).click()
    await rowOf(page, 'two.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.ok(await rowOf(page, 'damaged.jpg').and(page.locator('[data-state=failed]')).isVisible())
    t.equal(await page.getByRole('button', { name: 'Retry all failed' }).count(), 0)
  })

  await t.test('a busy service is waited for as long as it asks', async (t) => {
    const { page } = await openPage(t, browser)
    const asked: number[] = []
    analyzer.answer = () => {
      asked.push(Date.now())
      if (asked.length > 1) return resultOf()
      throw new AnalyzerError('overloaded', 'Too much to do', { retryAfterSeconds: 2 })
    }
    await page.goto(service.url)
    await addPhotos(page, jpegFile('late.jpg', await photo()))
    await page.getByText(/Going on in \d s/).waitFor()
    t.match(await rowOf(page, 'late.jpg').innerText(), /Waiting, \d s/)
    await rowOf(page, 'late.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.ok((asked[1] ?? 0) - (asked[0] ?? 0) >= 1900)
  })

  await t.test(
    'cancel ends the analysis, of one or of all, and what was cancelled can be sent after all',
    async (t) => {
      const { page } = await openPage(t, browser)
      const ended: boolean[] = []
      analyzer.answer = async ({ signal }) => {
        await sleep(20_000, undefined, { signal }).catch(() => undefined)
        ended.push(signal.aborted)
        throw new AnalyzerError('aborted', 'gone')
      }
      // What is cancelled before it gets to the analyzer never does.
      const taken = (count: number) => eventually(() => analyzer.inputs.length >= count)
      const stopped = async (count: number) => {
        await eventually(() => ended.length >= count, 60)
        t.same(ended, Array(count).fill(true), 'the service has stopped too')
      }
      await page.goto(service.url)
      await addPhotos(page, jpegFile('slow.jpg', await photo()))
      await page.locator('li[data-state=analysing]').waitFor()
      await taken(1)
      await page.getByRole('button', { name: 'Cancel slow.jpg' }).click()
      t.match(await rowOf(page, 'slow.jpg').innerText(), /Cancelled/)
      await stopped(1)
      await page.getByRole('button', { name: 'Remove slow.jpg' }).click()
      t.equal(await page.locator('li[data-state]').count(), 0)

      await addPhotos(
        page,
        ...(await Promise.all(['a', 'b', 'c', 'd'].map(async (n) => jpegFile(`${n}.jpg`, await photo())))),
      )
      await page.locator('li[data-state=analysing]').nth(2).waitFor()
      await taken(4)
      await page.getByRole('button', { name: 'Cancel all' }).click()
      await page.getByText('4 of 4 finished').first().waitFor()
      await stopped(4)
      analyzer.answer = good
      await page.getByRole('button', { name: 'Send all cancelled' }).click()
      await page.locator('li[data-state=done]').nth(3).waitFor()
    },
  )

  await t.test('one refusal for too many calls holds up all, and then one photo goes first', async (t) => {
    const { page } = await openPage(t, browser)
    const sent: number[] = []
    const refused = Promise.withResolvers<void>()
    const first = Promise.withResolvers<void>()
    await page.route('**/api/v1/analyze', async (route) => {
      sent.push(Date.now())
      if (sent.length > 3) return first.promise.then(() => route.continue())
      // All that go at a time are under way when the first is refused.
      if (sent.length === 3) refused.resolve()
      await refused.promise
      const problem = { type: 'urn:wiko:problem:rate-limited', status: 429, detail: 'Too many', title: 'Too many' }
      return route.fulfill({ status: 429, headers: { 'retry-after': '3' }, json: problem })
    })
    await page.goto(service.url)
    const files = await Promise.all(Array.from({ length: 6 }, async (_, n) => jpegFile(`${n}.jpg`, await photo())))
    await addPhotos(page, ...files)
    await page.getByText(/Going on in [123] s/).waitFor()
    t.equal(sent.length, 3, 'none is sent after the refusal')
    await eventually(() => sent.length >= 4, 60)
    await sleep(500)
    t.equal(sent.length, 4, 'after the wait one alone')
    t.ok((sent[3] ?? 0) - (sent[0] ?? 0) >= 2900, 'after as long as was asked')
    first.resolve()
    await page.locator('li[data-state=done]').nth(4).waitFor()
    await page.getByText('6 of 6 finished').first().waitFor()
    t.equal(sent.length, 9, 'three refused, and each photo once')
  })

  await t.test('the same photo again is told as a duplicate, and can be analysed anew', async (t) => {
    const { page } = await openPage(t, browser)
    const bytes = await photo()
    await page.goto(service.url)
    await addPhotos(page, jpegFile('first.jpg', bytes))
    await rowOf(page, 'first.jpg').and(page.locator('[data-state=done]')).waitFor()
    await addPhotos(page, jpegFile('second.jpg', bytes))
    await rowOf(page, 'second.jpg').getByText('Analysed before').waitFor()
    t.match(
      await rowOf(page, 'second.jpg').getByRole('link', { name: 'Stored result' }).getAttribute('href'),
      /^\/results\/DEF-/,
    )
    await page.getByText(/This photo was analysed before/).waitFor()
    t.equal(analyzer.inputs.length, 1)
    await page.getByRole('button', { name: 'Analyse again' }).click()
    await page.getByText(/This photo was analysed before/).waitFor({ state: 'detached' })
    await rowOf(page, 'second.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.equal(analyzer.inputs.length, 2)
  })

  await t.test('drop and paste; details of the part are kept and sent', async (t) => {
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await page.getByRole('button', { name: 'More about the part' }).click()
    await page.getByLabel('Line', { exact: true }).fill('L7')
    await page.getByLabel('Product').selectOption('WK-SC-200')
    await page.reload()
    t.equal(await page.getByLabel('Line', { exact: true }).inputValue(), 'L7')
    await handOver(page, 'drop', 'dropped.jpg', await photo())
    await rowOf(page, 'dropped.jpg').and(page.locator('[data-state=done]')).waitFor()
    await handOver(page, 'paste', 'pasted.jpg', await photo())
    await rowOf(page, 'pasted.jpg').and(page.locator('[data-state=done]')).waitFor()
    const rows = await service.database.db.select().from(analyses)
    for (const name of ['dropped.jpg', 'pasted.jpg']) {
      const row = rows.find(({ fileName }) => fileName === name)
      t.match(row, { lineId: 'L7', productSku: 'WK-SC-200' })
    }
  })

  await t.test('a photo keeps what it was added with; those that wait can be given something else', async (t) => {
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await page.getByRole('button', { name: 'Choose photos' }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('You are offline').waitFor()
    await addPhotos(page, jpegFile('kept.jpg', await photo()))
    await rowOf(page, 'kept.jpg').and(page.locator('[data-state=queued]')).waitFor()
    await page.getByLabel('Product').selectOption('WK-SC-200')
    await addPhotos(page, jpegFile('other.jpg', await photo()))
    await rowOf(page, 'other.jpg').getByText('WK-SC-200').waitFor()
    t.match(await rowOf(page, 'kept.jpg').innerText(), /WK-KN-200/)
    await page.getByLabel('Facility').selectOption('shenzhen')
    await page.getByRole('button', { name: 'Use this for the 2 waiting photos too' }).click()
    await rowOf(page, 'kept.jpg').getByText('WK-SC-200').waitFor()
    await page.context().setOffline(false)
    await page.getByText('2 of 2 finished').first().waitFor()
    const rows = await service.database.db.select().from(analyses)
    for (const name of ['kept.jpg', 'other.jpg']) {
      t.match(
        rows.find(({ fileName }) => fileName === name),
        { productSku: 'WK-SC-200', facility: 'shenzhen' },
      )
    }
    t.equal(await page.getByText('You are offline').count(), 0)
  })

  await t.test(
    'a folder, chosen or dropped: photos of all its folders go in, and what is none is counted',
    async (t) => {
      const { page } = await openPage(t, browser)
      const folder = await folderOfPhotos(t)
      await page.goto(service.url)
      await page.locator('button:enabled', { hasText: 'Folder' }).waitFor()
      await page.locator('input[type=file]').nth(1).setInputFiles(folder)
      await page.getByText('2 files were left out, as they are no photos.').waitFor()
      await page.getByText('3 of 3 finished').first().waitFor()
      t.match(await rowOf(page, 'phone.heic').innerText(), /cannot convert the HEIC picture/, 'a photo all the same')
      await page.getByRole('button', { name: 'Clear finished' }).click()

      await dropPaths(page, [folder, join(folder, 'deep/er/b.jpg')])
      await page.getByText('2 files were left out, as they are no photos.').waitFor()
      await page.getByText('4 of 4 finished').first().waitFor()
      t.equal(await rowOf(page, 'b.jpg').count(), 2)
      t.equal(analyzer.inputs.length, 2, 'and what was analysed before is not asked again')
    },
  )

  await t.test('a touch device offers its camera beside the choice of photos', async (t) => {
    const { page } = await openPage(t, browser, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    })
    await page.goto(service.url)
    await page.locator('button:enabled', { hasText: 'Take a photo' }).waitFor()
    const camera = page.locator('input[type=file][capture=environment]')
    t.equal(await camera.getAttribute('accept'), 'image/*')
    t.equal(await page.locator('input[type=file]:not([capture])').count(), 1)
    await camera.setInputFiles(jpegFile('camera.jpg', await photo()))
    await rowOf(page, 'camera.jpg').and(page.locator('[data-state=done]')).waitFor()
  })

  await t.test('who has no photo at hand gets a verdict by one click', async (t) => {
    const { page } = await openPage(t, browser)
    analyzer.answer = () => resultOf([rust])
    await page.goto(service.url)
    await page.locator('button:enabled', { hasText: 'Try the sample photo' }).click()
    await page.locator('article').getByText('Rust spot').first().waitFor()
    await page.locator('article').getByText('Test shot: counted nowhere').waitFor()
    t.equal(
      await page.getByRole('button', { name: 'Try the sample photo' }).count(),
      0,
      "not beside photos of one's own",
    )
  })
}

stageTest('queue', queueTests)
