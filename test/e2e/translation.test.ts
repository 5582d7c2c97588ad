import type { Test } from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { accessible, addPhotos, jpegFile, openPage, overhang, until } from './browser.ts'
import { type Stage, stageTest } from './stage.ts'

const MARKUP = '<img src=x onerror="window.hacked=1">'

/** Simplified texts on a traditional page: converted at once, nobody asked, the original a click away. */
async function otherScriptTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  analyzer.answer = () =>
    resultOf([{ ...rust, description: '刀面里侧有锈点', bounding_box: null }], { root_cause: '本班次真空淬火记录异常' })
  const { page, faults, violations } = await openPage(t, browser, {
    locale: 'zh-CN',
    viewport: { width: 360, height: 800 },
  })
  await page.goto(service.url)
  await addPhotos(page, jpegFile('blade.jpg', await photo()))
  await page.getByRole('heading', { name: '锈点' }).waitFor()
  await page.getByRole('link', { name: '在单独页面打开' }).click()
  await page.waitForURL('**/results/*')
  const asked = analyzer.translations.length
  await page.getByLabel('语言').selectOption('zh-Hant')
  await page.getByText('由簡體中文按字詞表轉換，沒有使用模型。').waitFor()
  const root = page.locator('article').getByText('本更次真空淬火紀錄異常')
  t.equal(await root.getAttribute('lang'), 'zh-Hant')
  t.equal(await page.getByRole('button', { name: '翻譯' }).count(), 0)
  t.equal(await overhang(page), 0)
  await accessible(t, page, 'a converted result')
  await page.getByRole('button', { name: '顯示原文' }).click()
  const original = page.locator('article').getByText('本班次真空淬火记录异常')
  t.equal(await original.getAttribute('lang'), 'zh-Hans')
  await page.getByRole('button', { name: '顯示譯文' }).click()
  await root.waitFor()
  const categories = await page.locator('dt').allInnerTexts()
  t.match(categories.map((name) => name[0]).join(''), '人機料法環測', 'causes in the order of the plant')

  const id = new URL(page.url()).pathname.split('/').at(-1)
  await page.addInitScript('window.print = () => { window.printed = document.body.textContent }')
  await page.route('**/translations', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  await page.goto(`${service.url}/print?ids=${id}`)
  await until(page, 'Boolean(window.printed)')
  t.match(
    await page.evaluate('window.printed'),
    /本更次真空淬火紀錄異常/,
    'so it is printed, though it came after the picture',
  )
  t.equal(analyzer.translations.length, asked, 'the model was not asked')
  t.same([faults, violations], [[], []])
}

/** Where nothing can translate, the button is not there and the reason is. */
async function withoutModelTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  analyzer.answer = () => resultOf([{ ...rust, bounding_box: null }])
  const body = photoForm(await photo())
  const { defect_id } = await analysisOf(await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body }))
  for (const [locale, button, reason] of [
    ['zh-CN', '翻译', '只有 AI 模型才能翻译，目前未使用模型。'],
    ['zh-HK', '翻譯', '只有 AI 模型才能翻譯，目前未使用模型。'],
  ] as const) {
    const { page } = await openPage(t, browser, { locale })
    await page.goto(`${service.url}/results/${defect_id}`)
    await page.getByRole('button', { name: button }).waitFor()
    await page.route('**/api/v1/info', async (route) => {
      const info = await (await route.fetch()).json()
      await route.fulfill({ json: { ...info, analyzer: { kind: 'local', model_version: 'local-1' } } })
    })
    await page.reload()
    await page.getByText(reason).waitFor()
    t.equal(await page.getByRole('button', { name: button }).count(), 0, locale)
    await page.route('**/api/v1/analyses/DEF-*', async (route) => {
      const analysis = await (await route.fetch()).json()
      await route.fulfill({ json: { ...analysis, analyzer: 'local' } })
    })
    await page.reload()
    await page.getByRole('button', { name: button }).waitFor()
    t.equal(await page.getByText(reason).count(), 0, 'the local analyzer translates what it has written')
  }
}

/** A result in another language than the page's is translated where somebody wants it, and says what it is. */
async function translationTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const { say } = analyzer
  t.teardown(() => {
    analyzer.say = say
  })
  analyzer.answer = () => resultOf([{ ...rust, bounding_box: null }])
  const { page, faults, violations } = await openPage(t, browser, { viewport: { width: 360, height: 800 } })
  await page.goto(service.url)
  await addPhotos(page, jpegFile('blade.jpg', await photo()))
  await page.getByRole('heading', { name: 'Rust spot' }).waitFor()
  t.equal(
    await page.getByRole('button', { name: 'Translate' }).count(),
    0,
    'not where it is in the language of the page',
  )
  await page.getByRole('link', { name: 'Open on its own page' }).click()
  await page.waitForURL('**/results/*')
  await page.getByLabel('Language').selectOption('zh-Hans')

  analyzer.say = () => {
    throw new AnalyzerError('unavailable', 'The model cannot be reached')
  }
  await page.getByRole('button', { name: '翻译' }).click()
  await page.getByRole('alert').getByText('无法连接模型').waitFor()
  await accessible(t, page, 'a translation that failed')

  let free = () => undefined as unknown
  const held = new Promise((resolve) => {
    free = () => resolve(null)
  })
  analyzer.say = async (text) => {
    await held
    return `译文：${MARKUP}${text}`
  }
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByRole('button', { name: '正在翻译' }).waitFor()
  free()
  await page.getByText('由模型（scripted-1）译自英文').waitFor()
  const root = page.locator('article').getByText(`译文：${MARKUP}Vacuum quench outside its window`)
  t.equal(await root.getAttribute('lang'), 'zh-Hans')
  t.equal(await page.evaluate('window.hacked'), undefined, 'markup is text')
  t.equal(await page.locator('img[src=x]').count(), 0)
  await accessible(t, page, 'a translated result')
  t.equal(await overhang(page), 0)

  await page.getByRole('button', { name: '显示原文' }).click()
  const original = page.locator('article').getByText('Vacuum quench outside its window', { exact: true })
  t.equal(await original.getAttribute('lang'), 'en')
  await page.getByRole('button', { name: '显示译文' }).click()
  await root.waitFor()

  const asked = analyzer.translations.length
  await page.reload()
  await root.waitFor()
  t.equal(analyzer.translations.length, asked, 'what is there is shown at once, and nobody asked again')
  await page.getByLabel('语言').selectOption('en')
  await original.waitFor()
  t.equal(await page.getByText('Translated by').count(), 0)
  t.same([faults, violations], [[], []])
}

stageTest('the other Chinese script', otherScriptTests)
stageTest('translation', translationTests)
stageTest('without a model', withoutModelTests)
