import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { AnalyzerError } from '../../api/analyzer/analyzer.ts'
import { analyses } from '../../drizzle/schema.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { photo } from '../support/photos.ts'
import { addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import type { Stage } from './stage.ts'

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

export async function queueTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
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
    analyzer.answer = async () => {
      await gate
      return resultOf([rust])
    }
    await page.goto(service.url)
    await addPhotos(
      page,
      ...(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (n) => jpegFile(`${n}.jpg`, await photo())))),
    )
    await page.locator('li[data-state=analysing]').nth(2).waitFor()
    await page.locator('li[data-state=queued]').nth(1).waitFor()
    for (let wait = 0; wait < 100 && analyzer.inputs.length < 3; wait++) await sleep(50)
    t.equal(analyzer.inputs.length, 3)
    t.match(await rowOf(page, 'a.jpg').innerText(), /Analysing, \d+ s/)
    release()
    await page.getByText('5 of 5 finished').first().waitFor()
    t.equal(await page.locator('article').count(), 0, 'of several none opens by itself')
    await page.getByRole('button', { name: 'Show the result of d.jpg' }).click()
    await page.locator('article').getByText('d.jpg').first().waitFor()
    await page.getByRole('button', { name: 'Clear finished' }).click()
    t.equal(await page.locator('li[data-state]').count(), 0)
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
      jpegFile('large.jpg', Buffer.concat([await photo(), Buffer.alloc(1024 * 1024)])),
      jpegFile('nothing.jpg', Buffer.alloc(0)),
      jpegFile('phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')),
    )
    await page.getByText('4 of 4 finished').first().waitFor()
    t.match(await rowOf(page, 'notes.jpg').innerText(), /Not a JPEG, PNG,? or WebP picture/)
    t.match(await rowOf(page, 'large.jpg').innerText(), /the limit is 1 MB/)
    t.match(await rowOf(page, 'nothing.jpg').innerText(), /empty/)
    t.match(await rowOf(page, 'phone.jpg').innerText(), /HEIC pictures are not accepted/)
    t.same(sent, [])
  })

  await t.test('a photo that fails shows the reason, and retry works', async (t) => {
    const { page } = await openPage(t, browser)
    analyzer.answer = () => {
      throw new AnalyzerError('unavailable', 'The model cannot be reached')
    }
    await page.goto(service.url)
    await addPhotos(page, jpegFile('one.jpg', await photo()), jpegFile('two.jpg', await photo()))
    await page.getByText('2 of 2 finished').first().waitFor()
    t.match(await rowOf(page, 'one.jpg').innerText(), /Failed: The model cannot be reached[\s\S]*Request id: [\w-]+/)
    analyzer.answer = good
    await page.getByRole('button', { name: 'Retry one.jpg' }).click()
    await rowOf(page, 'one.jpg').and(page.locator('[data-state=done]')).waitFor()
    await page.getByRole('button', { name: 'Retry all failed' }).click()
    await rowOf(page, 'two.jpg').and(page.locator('[data-state=done]')).waitFor()
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

  await t.test('cancel ends the analysis; leaving while photos are on their way asks first', async (t) => {
    const { page } = await openPage(t, browser)
    const ended: boolean[] = []
    analyzer.answer = async ({ signal }) => {
      await sleep(20_000, undefined, { signal }).catch(() => undefined)
      ended.push(signal.aborted)
      throw new AnalyzerError('aborted', 'gone')
    }
    await page.goto(service.url)
    await addPhotos(page, jpegFile('slow.jpg', await photo()))
    await page.locator('li[data-state=analysing]').waitFor()
    const asked = page.waitForEvent('dialog').then(async (dialog) => {
      await dialog.dismiss()
      return dialog.type()
    })
    await page.locator('h2').first().click()
    await page.evaluate('setTimeout(() => location.reload())')
    t.equal(await asked, 'beforeunload')
    await page.getByRole('button', { name: 'Cancel slow.jpg' }).click()
    t.match(await rowOf(page, 'slow.jpg').innerText(), /Cancelled/)
    for (let wait = 0; wait < 50 && ended.length === 0; wait++) await sleep(100)
    t.same(ended, [true], 'the service has stopped too')
    await page.getByRole('button', { name: 'Remove slow.jpg' }).click()
    t.equal(await page.locator('li[data-state]').count(), 0)
  })

  await t.test('the same photo again is told as a duplicate, and can be analysed anew', async (t) => {
    const { page } = await openPage(t, browser)
    const bytes = await photo()
    await page.goto(service.url)
    await addPhotos(page, jpegFile('first.jpg', bytes))
    await rowOf(page, 'first.jpg').and(page.locator('[data-state=done]')).waitFor()
    await addPhotos(page, jpegFile('second.jpg', bytes))
    await rowOf(page, 'second.jpg').getByText('Analysed before').waitFor()
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

  await t.test('without a network photos wait, and go out by themselves', async (t) => {
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await page.getByRole('button', { name: 'Choose photos' }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('You are offline').waitFor()
    await addPhotos(page, jpegFile('patient.jpg', await photo()))
    await rowOf(page, 'patient.jpg').and(page.locator('[data-state=queued]')).waitFor()
    await page.context().setOffline(false)
    await rowOf(page, 'patient.jpg').and(page.locator('[data-state=done]')).waitFor()
    t.equal(await page.getByText('You are offline').count(), 0)
  })
}
