import t from 'tap'
import { normaliseBox } from '../../api/analyzers/azure/normalise.ts'
import {
  answers,
  defect,
  EXPLANATION,
  explains,
  finds,
  goodPart,
  SCRATCH,
} from '../../fixtures/fake-azure-behaviours.ts'
import { calledFor, failsWith, input, picture, setUp } from './harness.ts'

t.test('A good part costs one call and has no findings', async (t) => {
  const { fake, analyzer } = await setUp(t)
  const result = await analyzer.analyze(input())
  t.same(calledFor(fake), ['detect'])
  t.match(result, {
    findings: [],
    confidence: 0.9,
    description: 'A clean blade.',
    affected_area: 'overall',
    probable_stage: null,
    root_cause: '',
    five_why_chain: [],
    ishikawa_analysis: null,
    repaired: false,
    model_version: 'gpt-5.2-2025-12-11',
    prompt_version: 'v2',
    tokens: { input: 3000, output: 200, reasoning: 0 },
  })
  t.same(result.model_settings, {
    vision_deployment: 'gpt-5-2',
    reasoning_deployment: 'gpt-5-2-text',
    reasoning_effort: 'none',
    image_detail: 'high',
    image_width: 400,
    image_height: 200,
  })
})

t.test('A defect costs a second call, and both are added up', async (t) => {
  const { fake, analyzer, events } = await setUp(t, { reasoningEffort: 'low' })
  fake.script(defect)
  const result = await analyzer.analyze(input())
  t.same(calledFor(fake), ['detect', 'explain'])
  t.same(result.findings, [
    {
      defect_type: 'blade_scratch',
      severity: 'minor',
      confidence: 0.82,
      bounding_box: { x: 100, y: 50, width: 80, height: 40 },
      affected_area: 'blade',
      description: SCRATCH.description,
    },
  ])
  t.equal(result.affected_area, 'blade')
  t.equal(result.probable_stage, 'blade_glazing')
  t.equal(result.root_cause, EXPLANATION.root_cause)
  t.same(result.five_why_chain, Object.values(EXPLANATION.five_whys))
  t.same(result.ishikawa_analysis, EXPLANATION.ishikawa_analysis)
  t.same(result.corrective_actions, EXPLANATION.corrective_actions)
  t.same(result.preventive_actions, EXPLANATION.preventive_actions)
  t.equal(result.repaired, false)
  t.same(result.tokens, { input: 4500, output: 528, reasoning: 128 })
  // 2,500 uncached at 1.75, 2,000 cached at 0.175, 528 out at 14 dollars per million.
  t.ok(Math.abs((result.cost_usd ?? 0) - 0.012117) < 1e-9, String(result.cost_usd))
  t.same(
    events.map((event) => event.call !== 'mend' && [event.call, event.attempt, event.outcome]),
    [
      ['detect', 1, 'ok'],
      ['explain', 1, 'ok'],
    ],
  )
})

t.test('The cost follows the configured price or is unknown', async (t) => {
  const configured = await setUp(t, { prices: { input: 1, cachedInput: 0, output: 10 } })
  t.equal((await configured.analyzer.analyze(input())).cost_usd, 0.004)
  const unknown = await setUp(t, { prices: null })
  t.equal((await unknown.analyzer.analyze(input())).cost_usd, null)
})

t.test('Findings are sorted worst first, and rust is always critical', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(
    finds([
      { severity: 'cosmetic', confidence: 0.99 },
      { severity: 'major', confidence: 0.5, defect_type: 'weld_defect' },
      { severity: 'major', confidence: 0.7, defect_type: 'handle_crack', affected_area: 'handle' },
      { severity: 'cosmetic', confidence: 0.4, defect_type: 'rust_spot', affected_area: 'edge', box: null },
    ]),
  )
  const result = await analyzer.analyze(input())
  t.same(
    result.findings.map(({ defect_type, severity }) => [defect_type, severity]),
    [
      ['rust_spot', 'critical'],
      ['handle_crack', 'major'],
      ['weld_defect', 'major'],
      ['blade_scratch', 'cosmetic'],
    ],
  )
  t.equal(result.findings[0]?.bounding_box, null)
  t.equal(result.affected_area, 'edge')
  t.equal(result.repaired, false, 'neither sorting nor the rule on rust is a repair')
})

const mended: [name: string, box: number[], expected: object | null][] = [
  ['reversed corners', [180, 90, 100, 50], { x: 100, y: 50, width: 80, height: 40 }],
  ['partly outside', [-20, 150, 50, 260], { x: 0, y: 150, width: 50, height: 50 }],
  ['wholly outside', [500, 300, 600, 400], null],
  ['no area', [100, 50, 100, 90], null],
  ['three corners', [100, 50, 180], null],
  ['huge', [0, 0, 1e300, 1e300], { x: 0, y: 0, width: 400, height: 200 }],
]
for (const [name, box, expected] of mended) {
  t.test(`A box is repaired or dropped, and reported: ${name} (D6)`, async (t) => {
    const { fake, analyzer, events } = await setUp(t)
    fake.script(finds([{ box }]))
    const result = await analyzer.analyze(input())
    t.same(result.findings[0]?.bounding_box, expected)
    t.equal(result.findings.length, 1, 'the finding stays')
    t.equal(result.repaired, true)
    t.match(events.at(-1), { call: 'mend', repairs: [/a box/] })
  })
}

t.test('The whole picture is a valid box', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(finds([{ box: [0, 0, 400, 200] }]))
  const result = await analyzer.analyze(input())
  t.same(result.findings[0]?.bounding_box, { x: 0, y: 0, width: 400, height: 200 })
  t.equal(result.repaired, false)
})

t.test('Boxes of a scaled-down picture are mapped back to pixels of the upright image', async (t) => {
  const { fake, analyzer } = await setUp(t)
  const image = await picture(3000, 1001)
  fake.script(finds([{ box: [1024, 100, 1025, 101] }, { box: [0, 0, 2048, 683] }]))
  const { findings, repaired, model_settings } = await analyzer.analyze(input({ image }))
  t.same([model_settings.image_width, model_settings.image_height], [2048, 683])
  t.same(findings[0]?.bounding_box, { x: 1500, y: 146, width: 2, height: 3 }, 'covers what was boxed')
  t.same(findings[1]?.bounding_box, { x: 0, y: 0, width: 3000, height: 1001 })
  t.equal(repaired, false)
})

t.test('Any four whole numbers give a box inside the image or none (D6)', async (t) => {
  const below = (max: number) => Math.floor(Math.random() * max)
  let boxes = 0
  for (let i = 0; i < 20_000; i++) {
    const upright = { width: 1 + below(8000), height: 1 + below(8000) }
    const scale = Math.min(1, 2048 / Math.max(upright.width, upright.height))
    const sent = {
      width: Math.max(1, Math.round(upright.width * scale)),
      height: Math.max(1, Math.round(upright.height * scale)),
    }
    const corners = Array.from({ length: 4 }, () => below(3000) - 500)
    const box = normaliseBox(corners, sent, upright, [])
    if (!box) continue
    boxes++
    const { x, y, width, height } = box
    const inside = x >= 0 && y >= 0 && x + width <= upright.width && y + height <= upright.height
    if (!inside || width < 1 || height < 1 || !Object.values(box).every(Number.isInteger))
      t.fail(JSON.stringify({ corners, sent, upright, box }))
  }
  t.ok(boxes > 5000, `${boxes} boxes`)
})

t.test('A confidence outside 0..1 is clamped and reported (D5)', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(finds([{ confidence: 7 }, { confidence: -1 }]))
  const result = await analyzer.analyze(input())
  t.same(
    result.findings.map(({ confidence }) => confidence),
    [1, 0],
  )
  t.equal(result.repaired, true)
})

t.test('Findings on a part called good are kept and reported', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(finds([SCRATCH], { defect_detected: false }))
  const result = await analyzer.analyze(input())
  t.equal(result.findings.length, 1)
  t.equal(result.repaired, true)
})

t.test('A defect without a finding becomes one of unknown type and is reported', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(finds([], { defect_detected: true, description: 'Something is off.', confidence: 0.5 }))
  const result = await analyzer.analyze(input())
  t.match(result.findings, [
    {
      defect_type: 'unknown',
      severity: 'major',
      confidence: 0.5,
      bounding_box: null,
      description: 'Something is off.',
    },
  ])
  t.equal(result.repaired, true)
})

t.test('Overlong texts and lists are truncated and reported (D5)', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(
    finds(
      Array.from({ length: 30 }, () => SCRATCH),
      { description: `${'x'.repeat(998)}\u{1F52A}${'y'.repeat(1e6)}` },
    ),
    explains({ corrective_actions: Array.from({ length: 50 }, (_, i) => `Step ${i}`), preventive_actions: ['', '  '] }),
  )
  const result = await analyzer.analyze(input())
  t.equal(result.description, `${'x'.repeat(998)}…`, 'not cut within a surrogate pair')
  t.equal(result.findings.length, 20)
  t.equal(result.corrective_actions.length, 10)
  t.same(result.preventive_actions, [])
  t.equal(result.repaired, true)
})

t.test('Texts are stored as text: markup stays, characters that PostgreSQL rejects are removed (D5)', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(finds([], { description: ' <img src=x onerror=alert(1)>\u0000\n刀身良好 \ud800 ' }))
  const { description, repaired } = await analyzer.analyze(input())
  t.equal(description, '<img src=x onerror=alert(1)> 刀身良好 \ufffd')
  t.equal(repaired, false)
})

const noAnswers: [name: string, answer: unknown][] = [
  ['another shape', { verdict: 'ok' }],
  ['an array', []],
  ['null', null],
  [
    'an unknown defect type',
    { description: '', findings: [{ ...SCRATCH, defect_type: 'dent' }], defect_detected: true, confidence: 1 },
  ],
  ['a missing confidence', { description: '', findings: [], defect_detected: false }],
  ['a confidence in words', { description: '', findings: [], defect_detected: false, confidence: 'high' }],
  ['a box of words', { description: '', findings: [{ ...SCRATCH, box: ['a'] }], defect_detected: true, confidence: 1 }],
]
for (const [name, answer] of noAnswers) {
  t.test(`An answer that breaks the schema is malformed: ${name} (D5)`, async (t) => {
    const { fake, analyzer } = await setUp(t)
    fake.script(answers(answer))
    await failsWith(t, analyzer.analyze(input()), 'malformed')
    t.equal(fake.calls.length, 1)
  })
}

t.test('An explanation without a root cause is malformed, and the whole analysis fails', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(defect, explains({ root_cause: ' ' }))
  await failsWith(t, analyzer.analyze(input()), 'malformed')
})

t.test('A blank why is dropped and reported', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(defect, explains({ five_whys: { ...EXPLANATION.five_whys, why_5: '' } }))
  const result = await analyzer.analyze(input())
  t.equal(result.five_why_chain.length, 4)
  t.equal(result.repaired, true)
})

t.test('A good part after a defect takes one call again', async (t) => {
  const { fake, analyzer } = await setUp(t)
  fake.script(defect, explains(), goodPart)
  await analyzer.analyze(input())
  await analyzer.analyze(input())
  t.same(calledFor(fake), ['detect', 'explain', 'detect'])
})

t.test('A photo that the model calls unusable, or of another product, is not judged', async (t) => {
  const { fake, analyzer } = await setUp(t)
  for (const [photo, unjudged] of [
    ['unusable', 'photo_unusable'],
    ['other_product', 'product_not_recognised'],
  ] as const) {
    fake.script(finds([], { photo, confidence: 0.2, description: 'A ball screw, not a knife.' }))
    const result = await analyzer.analyze(input())
    t.match(result, { findings: [], unjudged, repaired: false, description: 'A ball screw, not a knife.' })
  }
  fake.script(finds([SCRATCH], { photo: 'unusable' }))
  const both = await analyzer.analyze(input())
  t.match(both, { unjudged: 'photo_unusable', repaired: true })
  t.equal(both.findings.length, 1, 'what it saw all the same is kept for the person who looks')
  t.equal((await analyzer.analyze(input())).unjudged, undefined)
})
