import t from 'tap'
import { DETECTORS } from '../../api/analyzers/local/detector.ts'
import { TEXTS, type Texts } from '../../api/analyzers/local/texts.ts'
import { GLOSSARY } from '../../api/domain/glossary.ts'
import { converterTo, isOtherScript } from '../../api/features/translations/script.ts'

/** Everything that the local analyzer says in a language, with figures. */
const sentencesOf = (texts: Texts): string[] => [
  ...texts.places.flat(),
  ...Object.values(texts.detectors),
  ...DETECTORS.map((detector) => texts.found[detector](texts.places[0][0], 0.51, 0.3)),
  texts.more(2),
  texts.noScale,
  texts.good(texts.detectors.rust, 0.4),
  ...Object.values(texts.looked),
  texts.blank,
  ...Object.values(texts.stages),
  ...Object.values(texts.causes).flat(),
  texts.usual(texts.causes.rust_spot?.[0] ?? ''),
  texts.noUsualCause,
  texts.correct(texts.stages.taper_grinding),
  texts.prevent(texts.stages.cutting_edge_honing, texts.causes.edge_irregularity?.[0] ?? ''),
]
const scripts = { 'zh-Hans': sentencesOf(TEXTS['zh-Hans']), 'zh-Hant': sentencesOf(TEXTS['zh-Hant']) }

t.test('converts the texts of the local analyzer to its own texts in the other script', async (t) => {
  const toTraditional = await converterTo('zh-Hant')
  const toSimplified = await converterTo('zh-Hans')
  t.ok(scripts['zh-Hans'].length > 40)
  t.same(scripts['zh-Hans'].map(toTraditional), scripts['zh-Hant'])
  t.same(scripts['zh-Hant'].map(toSimplified), scripts['zh-Hans'])
})

t.test('converts every term of the glossary to the term of the other script', async (t) => {
  for (const [from, to] of [
    ['zh-Hans', 'zh-Hant'],
    ['zh-Hant', 'zh-Hans'],
  ] as const) {
    const convert = await converterTo(to)
    t.same(
      GLOSSARY.map((term) => convert(`“${term[from]}”，`).replaceAll(/[“”「」，]/g, '')),
      GLOSSARY.map((term) => term[to]),
    )
  }
})

t.test('disambiguates characters, uses the forms of Hong Kong, and leaves other text unchanged', async (t) => {
  const toTraditional = await converterTo('zh-Hant')
  const cases: [simplified: string, traditional: string][] = [
    [
      '刀面里侧发黑，发丝状划伤，干燥后仍在；干部已复判，结果复杂。',
      '刀面裏側發黑，髮絲狀劃傷，乾燥後仍在；幹部已覆核，結果複雜。',
    ],
    ['本班次记录显示温度偏高，冲次超限，质量不稳。', '本更次紀錄顯示溫度偏高，沖次超限，品質不穩。'],
    ['“开刃”工序后只有 1.4116 钢一只', '「開刃」工序後只有 1.4116 鋼一隻'],
    ['<img src=x> 🔪 𠮷 \u202e', '<img src=x> 🔪 𠮷 \u202e'],
    ['', ''],
  ]
  for (const [simplified, traditional] of cases) t.equal(toTraditional(simplified), traditional)
  t.equal((await converterTo('zh-Hans'))('「更次」紀錄：刀身刮花，覆核'), '“班次”记录：刀身划痕，复判')
})

t.test('converts only between the Chinese scripts', async (t) => {
  t.ok(isOtherScript('zh-Hans', 'zh-Hant'))
  t.ok(isOtherScript('zh-Hant', 'zh-Hans'))
  t.notOk(isOtherScript('zh-Hant', 'zh-Hant'))
  t.notOk(isOtherScript('en', 'zh-Hant'))
  t.notOk(isOtherScript('zh-Hans', 'en'))
})
