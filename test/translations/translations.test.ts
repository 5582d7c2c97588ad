import t from 'tap'
import { AnalyzerError } from '../../api/domain/analyzer-error.ts'
import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'
import type { TranslationBody } from '../../api/features/translations/schemas.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf } from '../support/http.ts'
import { lastingDatabase } from '../support/lasting-database.ts'
import { startService } from '../support/service.ts'

const ADMIN = 'admin-key-for-the-tests-0123456789'

const { env, sql } = await lastingDatabase(t)
const analyzer = scriptedAnalyzer(() => resultOf([rust, { ...rust, description: 'Another spot' }]))
const start = async (more: Record<string, string> = {}) => {
  const service = await startService({ ...env, API_KEY: ADMIN, RATE_LIMIT_PER_KEY: '100000', ...more }, { analyzer })
  t.teardown(() => service.close())
  const call = (method: string, path: string, body?: object, key = ADMIN) =>
    fetch(`${service.url}/api/v1${path}`, {
      method,
      headers: { 'x-api-key': key, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const analyse = async (key = ADMIN, language = 'en'): Promise<AnalysisBody> => {
    const body = photoForm(await photo(), { product_sku: 'WK-KN-200', facility: 'yangjiang', language })
    return analysisOf(
      await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body, headers: { 'x-api-key': key } }),
    )
  }
  const translate = (id: string, language = 'zh-Hans', key = ADMIN) =>
    call('POST', `/analyses/${id}/translations`, { language }, key)
  return { call, analyse, translate }
}
const { call, analyse, translate } = await start()
const other = await start()

const translationOf = async (response: Response): Promise<TranslationBody> =>
  ((await response.json()) as { translation: TranslationBody }).translation

t.test('translates every text, keeps the length of lists, and leaves empty texts empty', async (t) => {
  const analysis = await analyse()
  t.same(await (await call('GET', `/analyses/${analysis.defect_id}/translations`)).json(), { translations: [] })
  const response = await translate(analysis.defect_id)
  t.equal(response.status, 200)
  const made = await translationOf(response)
  t.match(made, {
    language: 'zh-Hans',
    description: 'zh-Hans: A rust-coloured spot near the edge',
    defects: [{ description: 'zh-Hans: A rust-coloured spot near the edge' }, { description: 'zh-Hans: Another spot' }],
    root_cause: 'zh-Hans: Vacuum quench outside its window',
    five_why_chain: ['zh-Hans: why 1', 'zh-Hans: why 2', 'zh-Hans: why 3', 'zh-Hans: why 4', 'zh-Hans: why 5'],
    contributing_factors: ['zh-Hans: humidity'],
    ishikawa_analysis: { machine: 'zh-Hans: pump', material: '', environment: 'zh-Hans: humid' },
    corrective_actions: ['zh-Hans: Quarantine the lot'],
    preventive_actions: ['zh-Hans: Check the pump weekly'],
    model_version: 'scripted-1',
    prompt_version: 'scripted-translation-1',
    tokens: 110,
    cost_usd: 0.002,
  })
  t.match(analyzer.translations.at(-1), { from: 'en', to: 'zh-Hans' })
  t.notOk('image' in (analyzer.translations.at(-1) ?? {}), 'texts only')
  const { translations } = (await (await call('GET', `/analyses/${analysis.defect_id}/translations`)).json()) as {
    translations: TranslationBody[]
  }
  t.strictSame(translations, [made])
  t.match(await (await call('GET', `/analyses/${analysis.defect_id}`)).json(), {
    language: 'en',
    description: analysis.description,
  })
})

t.test('calls the model once per language, even for concurrent requests to two processes', async (t) => {
  const { defect_id: id } = await analyse()
  const before = analyzer.translations.length
  const { say } = analyzer
  analyzer.say = async (text, input) => {
    await new Promise((resolve) => setTimeout(resolve, 40))
    return say(text, input)
  }
  t.teardown(() => {
    analyzer.say = say
  })
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, () => translate(id)),
    ...Array.from({ length: 5 }, () => other.translate(id)),
    translate(id, 'zh-Hant'),
  ])
  t.same(
    answers.map(({ status }) => status),
    new Array(11).fill(200),
  )
  const made = await Promise.all(answers.map(translationOf))
  t.equal(new Set(made.slice(0, 10).map((one) => JSON.stringify(one))).size, 1, 'all have the same')
  t.match(made[10], { language: 'zh-Hant', root_cause: /^zh-Hant: / })
  t.equal(analyzer.translations.length - before, 2)
  await translate(id)
  t.equal(analyzer.translations.length - before, 2, 'nor later')
})

t.test('reports a model failure as /analyze does, stores nothing, and allows another attempt', async (t) => {
  const { defect_id: id } = await analyse()
  const { say } = analyzer
  const failures = { timeout: 504, unavailable: 502, overloaded: 503, malformed: 502 } as const
  for (const [failure, status] of Object.entries(failures)) {
    analyzer.say = () => {
      throw new AnalyzerError(failure as keyof typeof failures, 'no')
    }
    const response = await translate(id)
    t.equal(response.status, status, failure)
    t.match(await response.json(), { type: `urn:wiko:problem:analyzer-${failure}` })
  }
  analyzer.say = say
  t.equal((await translate(id)).status, 200)
})

t.test('charges a translation once, to the budget of the requesting caller', async (t) => {
  const { defect_id: id } = await analyse()
  const made = (await (await call('POST', '/keys', { daily_analyses: 1 })).json()) as { id: string; key: string }
  t.equal((await translate(id, 'zh-Hans', made.key)).status, 200)
  t.equal((await translate(id, 'zh-Hans', made.key)).status, 200, 'a stored translation costs nothing')
  const spent = await translate(id, 'zh-Hant', made.key)
  t.equal(spent.status, 429)
  t.match(await spent.json(), { type: 'urn:wiko:problem:budget-spent' })
  const { rows } = await sql.query('select analyses, tokens::int, cost_usd::float from daily_usage where caller = $1', [
    `key:${made.id}`,
  ])
  t.strictSame(rows, [{ analyses: 1, tokens: 110, cost_usd: 0.002 }])
})

t.test('requires the scope analyse to translate and read to list, and names what cannot be translated', async (t) => {
  const { defect_id: id } = await analyse()
  const keyWith = async (scope: string) =>
    ((await (await call('POST', '/keys', { scopes: [scope] })).json()) as { key: string }).key
  const [reader, analyser] = [await keyWith('read'), await keyWith('analyse')]
  t.equal((await translate(id, 'zh-Hans', reader)).status, 403)
  t.equal((await translate(id, 'zh-Hans', analyser)).status, 200)
  t.equal((await call('GET', `/analyses/${id}/translations`, undefined, reader)).status, 200)
  t.equal((await call('GET', `/analyses/${id}/translations`, undefined, analyser)).status, 403)

  const refused: [body: object, status: number, field?: string][] = [
    [{ language: 'en' }, 409],
    [{ language: 'de' }, 400, 'language'],
    [{}, 400, 'language'],
    [{ language: 'zh-Hans', text: 'mine' }, 400],
  ]
  for (const [body, status, field] of refused) {
    const response = await call('POST', `/analyses/${id}/translations`, body)
    t.equal(response.status, status, JSON.stringify(body))
    if (field) t.match(await response.json(), { errors: [{ field }] })
  }
  for (const method of ['GET', 'POST']) {
    const body = method === 'POST' ? { language: 'zh-Hans' } : undefined
    t.equal((await call(method, '/analyses/DEF-20260101-00000000/translations', body)).status, 404)
  }
})

t.test('counts a new translation against the rate limit of the model', async (t) => {
  const limited = await start({ RATE_LIMIT_MODEL: '2' })
  const { defect_id: id } = await limited.analyse()
  t.equal((await limited.translate(id)).status, 200)
  t.equal((await limited.translate(id)).status, 200, 'a stored translation is no model call')
  t.equal((await limited.translate(id, 'zh-Hant')).status, 429)
})

t.test('converts between the Chinese scripts without model, budget, rate limit or request', async (t) => {
  const limited = await start({ RATE_LIMIT_MODEL: '1', DAILY_ANALYSES: '1000' })
  const { answer } = analyzer
  analyzer.answer = () =>
    resultOf([{ ...rust, description: '刀面里侧有锈点' }], {
      root_cause: '本班次真空淬火记录异常',
      five_why_chain: ['头一个班次未复判'],
      ishikawa_analysis: { machine: '泵', material: '', method: '', man: '', measurement: '', environment: '湿度' },
    })
  t.teardown(() => {
    analyzer.answer = answer
  })
  const { defect_id: id } = await limited.analyse(ADMIN, 'zh-Hans')
  const before = analyzer.translations.length
  const usage = async () => (await sql.query('select * from daily_usage order by caller')).rows
  const spent = await usage()
  const response = await limited.translate(id, 'zh-Hant')
  t.equal(response.status, 200, 'although the rate limit of the model is used up')
  const made = await translationOf(response)
  t.match(made, {
    language: 'zh-Hant',
    description: '刀面裏側有鏽點',
    defects: [{ description: '刀面裏側有鏽點' }],
    root_cause: '本更次真空淬火紀錄異常',
    five_why_chain: ['頭一個更次未覆核'],
    ishikawa_analysis: { machine: '泵', material: '', environment: '濕度' },
    model_version: 'opencc-js',
    tokens: 0,
    cost_usd: 0,
  })
  const listed = async () =>
    (
      (await (await limited.call('GET', `/analyses/${id}/translations`)).json()) as {
        translations: TranslationBody[]
      }
    ).translations
  t.strictSame(await listed(), [made], 'listed for callers that may only read')

  // A translation by the model, stored by an earlier version.
  await sql.query(
    `insert into translations (analysis_id, language, texts, model_version, prompt_version, tokens, cost_usd, created_at)
     select id, 'zh-Hant', '{"description":"old"}', 'gpt', 'translate-v1', 1, 0.1, now() from analyses where defect_id = $1`,
    [id],
  )
  t.strictSame(await listed(), [made], 'the table comes before it')
  t.equal(analyzer.translations.length, before)
  t.same(await usage(), spent)
})
