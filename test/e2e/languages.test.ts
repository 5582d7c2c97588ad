import type { Test } from 'tap'
import type { AnalyzerInput } from '../../api/analyzers/analyzer.ts'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import type { Language } from '../../api/domain/vocabulary.ts'
import { photo } from '../../fixtures/photos.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible, addPhotos, jpegFile, openPage, rowOf, until } from './browser.ts'
import { check, languages, widths } from './language-check.ts'
import { type Stage, stageTest } from './stage.ts'

/** Written by an analyzer in the language that it was asked for. */
const said: Record<Language, string> = {
  en: 'Rust at the edge',
  'zh-Hans': '刃口附近有锈点',
  'zh-Hant': '刃口附近有鏽點',
}

/** The main job in each language on a phone, a tablet and a desk. */
async function languageTests(t: Test, { browser, service, analyzer }: Stage): Promise<void> {
  const answer = ({ language }: AnalyzerInput) => {
    const text = said[language]
    return resultOf(
      [
        { ...rust, description: text },
        { ...rust, description: text, bounding_box: null },
      ],
      {
        root_cause: text,
        five_why_chain: [text, text, text, text, text],
        contributing_factors: [text],
        ishikawa_analysis: { machine: text, material: '', method: text, man: '', measurement: '', environment: text },
        corrective_actions: [text],
        preventive_actions: [text],
      },
    )
  }

  for (const [code, locale, messages] of languages) {
    for (const width of widths) {
      await t.test(`${code}, ${width} px`, async (t) => {
        const { inspect, result, history, frame, vocabulary } = messages
        const touch = width < 1000
        const { page, faults, violations } = await openPage(t, browser, {
          locale,
          timezoneId: 'Europe/London',
          viewport: { width, height: 900 },
          hasTouch: touch,
        })
        const asked: Language[] = []
        analyzer.answer = (input) => {
          asked.push(input.language)
          if (asked.length > 1) throw new AnalyzerError('unavailable', 'The model cannot be reached')
          return answer(input)
        }
        await page.goto(service.url)
        await page.getByRole('button', { name: inspect.choose }).waitFor()
        await page.getByRole('button', { name: inspect.details }).click()
        await check(t, page, code, 'Inspect, empty')

        await addPhotos(page, jpegFile('rust.jpg', await photo(400, 300)))
        await page.getByRole('heading', { name: vocabulary.defectTypes.rust_spot }).waitFor()
        await addPhotos(page, jpegFile('fails.jpg', await photo()), jpegFile('notes.jpg', Buffer.from('text')))
        await rowOf(page, 'fails.jpg').and(page.locator('[data-state=failed]')).waitFor()
        await rowOf(page, 'notes.jpg').and(page.locator('[data-state=refused]')).waitFor()
        t.same(asked, [code, code], 'the texts were asked for in the language of the page')
        await check(t, page, code, 'Inspect, verdict')
        if (code !== 'en' && width === 820) await accessible(t, page, 'Inspect, verdict')

        await page.getByRole('link', { name: result.openPage }).click()
        await page.waitForURL('**/results/*')
        await page.getByText(result.details.title).click()
        await page.getByRole('dialog').getByText('scripted-1').waitFor()
        t.match(await page.locator('main time').innerText(), /GMT\+8/, "the plant's clock, named where it is not ours")
        t.equal(await page.locator('dd', { hasText: said[code] }).first().getAttribute('lang'), code)
        await check(t, page, code, 'Result')
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })

        const { review } = messages
        await page.getByRole('button', { name: review.unsure }).click()
        await page.locator('[data-human=true]').waitFor()
        await page.getByRole('button', { name: review.correct }).click()
        await page.getByRole('button', { name: result.picture.light.open }).click()
        await page.getByRole('button', { name: result.picture.comparison.open }).click()
        await page.locator('figcaption').first().waitFor()
        await check(t, page, code, 'Result, to be corrected')

        await page.goto(`${service.url}/review?show=unsure`)
        await page.locator('article').waitFor()
        await page.getByRole('button', { name: messages.shared.shortcuts.open }).click()
        await page.getByRole('dialog').getByText(vocabulary.defectTypes.blade_scratch).waitFor()
        await check(t, page, code, 'Review, keys')
        await page.keyboard.press('Escape')
        await page.goto(`${service.url}/review?product=none`)
        await page.getByRole('heading', { name: review.allReviewed }).waitFor()
        await check(t, page, code, 'Review, empty')

        await page.getByRole('link', { name: frame.screens.history }).click()
        await page.locator('main time').first().waitFor()
        if (width < 768) await page.getByRole('button', { name: history.filters }).click()
        await page.getByLabel(history.names.severity, { exact: true }).selectOption('critical')
        await page.getByLabel(history.names.text, { exact: true }).fill(said[code])
        await page.locator('main time').first().waitFor()
        await page.goto(`${service.url}/history?text=${encodeURIComponent(said[code])}`)
        await page.locator('main time').first().waitFor()
        await check(t, page, code, 'History')
        if (code !== 'en' && width === 820) await accessible(t, page, 'History')

        await page.goto(`${service.url}/nowhere`)
        await page.getByText(frame.notFound).waitFor()
        await check(t, page, code, 'No such page')
        t.same([faults, violations], [[], []])
      })
    }
  }

  await t.test('the language is changed in the middle of the work, and kept', async (t) => {
    const { page } = await openPage(t, browser, { locale: 'de-DE' })
    analyzer.answer = answer
    await page.goto(service.url)
    await addPhotos(page, jpegFile('stays.jpg', await photo()))
    await page.getByRole('heading', { name: 'Rust spot' }).waitFor()
    await page.getByLabel('Language').selectOption('zh-Hant')
    await page.getByRole('heading', { name: '鏽點' }).waitFor()
    t.equal(await rowOf(page, 'stays.jpg').count(), 1, 'the queue is still there')
    t.equal(await page.title(), '檢驗 · Wiko 缺陷分析系統')
    t.equal(await page.locator('article ol[lang]').first().getAttribute('lang'), 'en', 'the texts of then are English')
    await page.getByRole('button', { name: '重新分析' }).click()
    await page.locator('article').getByText(said['zh-Hant']).first().waitFor()
    await page.getByRole('button', { name: '清除已完成' }).click()
    await page.reload()
    await page.getByRole('button', { name: '選擇照片' }).waitFor()
    t.equal(await page.getByLabel('語言').inputValue(), 'zh-Hant')
  })

  await t.test('a language that cannot be fetched changes nothing, and says so', async (t) => {
    const { page } = await openPage(t, browser)
    await page.goto(service.url)
    await page.route('**/zh-hans*', (route) => route.abort())
    await page.getByLabel('Language').selectOption('zh-Hans')
    await page.getByText('The language could not be loaded').waitFor()
    t.equal(await page.getByLabel('Language').inputValue(), 'en')
    await page.getByRole('button', { name: 'Choose photos' }).waitFor()
  })

  await t.test('light or dark is chosen, and kept', async (t) => {
    const { page } = await openPage(t, browser, { colorScheme: 'light' })
    await page.goto(service.url)
    await page.getByLabel('Colours').selectOption('dark')
    await until(page, `document.documentElement.dataset.mantineColorScheme === 'dark'`)
    await page.reload()
    await page.getByLabel('Colours').waitFor()
    t.equal(await page.getByLabel('Colours').inputValue(), 'dark')
    t.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark')
    await page.getByLabel('Colours').selectOption('auto')
    await until(page, `document.documentElement.dataset.mantineColorScheme === 'light'`)
  })
}

stageTest('languages', languageTests)
