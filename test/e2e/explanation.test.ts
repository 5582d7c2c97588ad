import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import { explanation as english } from '../../web/src/texts/en/explanation.ts'
import { explanation as simplified } from '../../web/src/texts/zh-hans/explanation.ts'
import { explanation as traditional } from '../../web/src/texts/zh-hant/explanation.ts'
import { resultOf, rust } from '../support/analyzers.ts'
import { accessible, openPage } from './browser.ts'
import { check, languages, widths } from './language-check.ts'
import { button, openResult, storeResult } from './results.ts'
import { type Stage, stageTest } from './stage.ts'

const texts = { en: english, 'zh-Hans': simplified, 'zh-Hant': traditional }

/** Causes and actions, which a person confirms or rewrites apart from the verdict. */
async function explanationTests(t: Test, stage: Stage): Promise<void> {
  const { browser, service } = stage
  const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  const stored = async (id: string) =>
    ((await (await fetch(`${service.url}/api/v1/analyses/${id}`)).json()) as AnalysisBody).explanation
  const put = (id: string, body: object) =>
    fetch(`${service.url}/api/v1/analyses/${id}/explanation`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'Wu', ...body }),
    })

  await t.test('they stay a draft when the verdict is confirmed, until they are confirmed on their own', async (t) => {
    const id = await storeResult(stage, resultOf([rust]))
    const { page, faults, violations } = await openResult(t, stage, id)
    await button(page, 'Confirm NG').click()
    await page.getByText('Confirmed by Inspector').first().waitFor()
    await panel(page, 'Why it happened').getByText('Draft').first().waitFor()
    await panel(page, 'What to do').getByText('Draft').waitFor()
    t.equal(await stored(id), null)

    await button(page, 'Confirm causes and actions').click()
    await panel(page, 'Why it happened').getByText('Confirmed by Inspector').waitFor()
    await panel(page, 'What to do').getByText('Confirmed by Inspector').waitFor()
    t.equal(await panel(page, 'What to do').getByText('Draft').count(), 0)
    t.equal(await panel(page, 'Why it happened').getByText('Draft').count(), 2, 'nobody has confirmed the fishbone')
    t.match(await stored(id), { edited: false, person: 'Inspector' })
    await accessible(t, page, 'Causes confirmed')
    t.same([faults, violations], [[], []])
  })

  await t.test('they are rewritten, a line each, and an empty form is not sent', async (t) => {
    const id = await storeResult(stage, resultOf([rust]))
    const { page } = await openResult(t, stage, id)
    await button(page, 'Change causes and actions').click()
    const root = page.getByLabel('Root cause')
    t.equal(await root.inputValue(), 'Vacuum quench outside its window')
    await root.fill('Door seal worn')
    await page.getByLabel('Corrective actions').fill('Change the seal\n\nSort the lot ')
    await accessible(t, page, 'Causes, to be rewritten')
    await button(page, 'Save causes and actions').click()
    await panel(page, 'Why it happened').getByText('Corrected by Inspector').waitFor()
    await panel(page, 'Why it happened').getByText('Door seal worn').waitFor()
    t.match(await stored(id), { root_cause: 'Door seal worn', corrective_actions: ['Change the seal', 'Sort the lot'] })
    await button(page, 'Change causes and actions').click()
    for (const name of ['Root cause', 'Five whys', 'Corrective actions', 'Preventive actions']) {
      await page.getByLabel(name).fill(' ')
    }
    t.ok(await button(page, 'Save causes and actions').isDisabled())
    await page.getByText('Write a cause or an action first.').waitFor()
    await button(page, 'Cancel').click()
    await panel(page, 'Why it happened').getByText('Door seal worn').waitFor()
  })

  await t.test('of two people the second sees both versions, and chooses', async (t) => {
    const id = await storeResult(stage, resultOf([rust]))
    const { page } = await openResult(t, stage, id)
    await button(page, 'Change causes and actions').click()
    await page.getByLabel('Root cause').fill('Mine')
    t.equal((await put(id, { root_cause: 'Theirs' })).status, 200)
    await button(page, 'Save causes and actions').click()
    const alert = page.getByRole('alert')
    await alert.getByText('Wu has confirmed causes and actions meanwhile').waitFor()
    t.match(await alert.innerText(), /Theirs[\s\S]*Mine/)
    t.match(await stored(id), { root_cause: 'Theirs', person: 'Wu' }, 'nothing is overwritten')
    await accessible(t, page, 'Causes, two people')
    await button(page, 'Send mine over theirs').click()
    await panel(page, 'Why it happened').getByText('Mine').waitFor()
    t.match(await stored(id), { number: 2, root_cause: 'Mine', person: 'Inspector' })
  })

  await t.test('what is not stored is still there to be sent again', async (t) => {
    const id = await storeResult(stage, resultOf([rust]))
    const { page } = await openResult(t, stage, id)
    await button(page, 'Change causes and actions').click()
    await page.getByLabel('Root cause').fill('Not lost')
    await page.route('**/explanation', (route) => route.abort())
    await button(page, 'Save causes and actions').click()
    await page.getByText('Not stored. What you entered is still here.').waitFor()
    t.equal(await page.getByLabel('Root cause').inputValue(), 'Not lost')
    await page.unroute('**/explanation')
    await button(page, 'Save causes and actions').click()
    await panel(page, 'Why it happened').getByText('Not lost').waitFor()
  })

  await t.test('of a good part nothing is asked; of a defect that was missed they can be written', async (t) => {
    const id = await storeResult(stage, resultOf())
    const { page } = await openResult(t, stage, id)
    await button(page, 'Confirm OK').waitFor()
    t.equal(await page.getByRole('region', { name: 'Causes and actions' }).count(), 0)
    await fetch(`${service.url}/api/v1/analyses/${id}/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        kind: 'correct',
        verdict: 'ng',
        defect_type: 'rust_spot',
        severity: 'major',
        person: 'Wu',
      }),
    })
    await page.reload()
    await button(page, 'Write causes and actions').click()
    await page.getByLabel('Preventive actions').fill('Check the seal weekly')
    await button(page, 'Save causes and actions').click()
    await panel(page, 'What to do').getByText('Check the seal weekly').waitFor()
  })

  await t.test('in every language and width', async (t) => {
    const said = { description: '1', root_cause: '1', five_why_chain: ['1', '2'], contributing_factors: ['1'] }
    const done = { ishikawa_analysis: null, corrective_actions: ['1'], preventive_actions: ['1', '2'] }
    const id = await storeResult(stage, resultOf([{ ...rust, description: '1' }], { ...said, ...done }))
    for (const [code, locale] of languages) {
      for (const width of widths) {
        const { page } = await openPage(t, browser, { locale, viewport: { width, height: 900 } })
        await page.goto(`${service.url}/results/${id}`)
        await page.getByRole('button', { name: texts[code].change }).click()
        await page.getByRole('button', { name: texts[code].save }).waitFor()
        await check(t, page, code, `Causes, ${code}, ${width} px`)
      }
    }
  })
}

stageTest('causes and actions', explanationTests)
