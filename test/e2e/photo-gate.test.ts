import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import type { Test } from 'tap'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'
import { accessible, addPhotos, jpegFile, openPage, rowOf } from './browser.ts'
import { browserTest } from './stage.ts'

/** What the page says of a photo that cannot be judged, before it is sent and after. */
async function photoGateTests(t: Test, browser: Browser): Promise<void> {
  const analyzer = scriptedAnalyzer()
  const service = await startService({ PHOTO_GATE: 'on', RATE_LIMIT_PER_IP: '1000' }, { analyzer })
  t.teardown(() => service.close())
  const sample = await readFile(resolve(import.meta.dirname, '../../web/public/sample-knife.jpg'))
  const blurred = await sharp(sample).blur(12).jpeg().toBuffer()
  const dark = await sharp(sample).linear(0.12, 0).jpeg().toBuffer()
  const advice = 'Out of focus: hold still, tap to focus, move back a little'

  await t.test('one blurred photo is held with advice, and goes when the inspector says so', async (t) => {
    const { page, faults } = await openPage(t, browser)
    await page.goto(service.url)
    await addPhotos(page, jpegFile('soft.jpg', blurred))
    const row = rowOf(page, 'soft.jpg')
    await row.getByText(advice).waitFor()
    t.equal(await row.getAttribute('data-state'), 'held')
    t.equal(analyzer.inputs.length, 0)
    await accessible(t, page, 'a photo that is held')

    await row.getByRole('button', { name: 'Send anyway' }).click()
    const result = page.locator('article')
    await result.getByRole('heading', { name: 'Cannot judge: take the photo again' }).waitFor()
    t.equal(await result.getByTitle('A person must look at this').first().innerText(), 'Review')
    t.ok(await result.getByText(advice, { exact: true }).isVisible(), 'with the same advice')
    t.equal(await result.getByText('Confidence').count(), 0, 'no confidence in nothing')
    t.equal(analyzer.inputs.length, 0, 'and no call of the model')

    await page.goto(`${service.url}/history`)
    await page.getByText('Cannot judge: take the photo again').first().waitFor()
    t.same(faults, [])
  })

  await t.test('a good photo goes at once, without advice', async (t) => {
    const { page, faults } = await openPage(t, browser)
    await page.goto(service.url)
    await addPhotos(page, jpegFile('sharp.jpg', sample))
    await page.locator('article').getByRole('heading', { name: 'No defect found' }).waitFor()
    t.equal(await rowOf(page, 'sharp.jpg').getByRole('status').count(), 0)
    t.same(faults, [])
  })

  await t.test(
    'among several photos none waits: the advice stands beside it, in the language of the page',
    async (t) => {
      const { page, faults } = await openPage(t, browser, { locale: 'zh-CN' })
      let release: () => void = () => undefined
      const held = new Promise<void>((done) => {
        release = done
      })
      await page.route('**/api/v1/analyze', async (route) => {
        await held
        await route.continue()
      })
      await page.goto(service.url)
      const other = await sharp(sample).rotate(180).jpeg().toBuffer()
      await addPhotos(page, jpegFile('dark.jpg', dark), jpegFile('good.jpg', other))
      await rowOf(page, 'dark.jpg').getByText('太暗：开灯补光，或延长曝光').waitFor()
      release()
      await page.locator('li[data-state=done]').nth(1).waitFor()
      t.match(await rowOf(page, 'dark.jpg').innerText(), /复判/)
      t.match(await rowOf(page, 'good.jpg').innerText(), /OK/)
      t.same(faults, [])
    },
  )
}

browserTest('photo gate', photoGateTests)
