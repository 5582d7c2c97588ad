import type { Analyzer, AnalyzerInput, TranslationInput, TranslationResult } from '../../api/analyzers/analyzer.ts'
import type { AnalyzerResult, Finding } from '../../api/domain/verdict.ts'

/** One finding of a rust spot, as an analyzer would say it. */
export const rust: Finding = {
  defect_type: 'rust_spot',
  severity: 'critical',
  confidence: 0.9,
  bounding_box: { x: 10, y: 20, width: 30, height: 15 },
  affected_area: 'blade',
  description: 'A rust-coloured spot near the edge',
}

/** What an analyzer says of a good part, or of the findings given. */
export function resultOf(findings: Finding[] = [], overrides: Partial<AnalyzerResult> = {}): AnalyzerResult {
  const worst = findings[0]
  return {
    findings,
    confidence: worst?.confidence ?? 0.95,
    description: worst?.description ?? 'No defect to be seen',
    affected_area: worst?.affected_area ?? 'overall',
    probable_stage: worst ? 'vacuum_quench' : null,
    root_cause: worst ? 'Vacuum quench outside its window' : '',
    five_why_chain: worst ? ['why 1', 'why 2', 'why 3', 'why 4', 'why 5'] : [],
    contributing_factors: worst ? ['humidity'] : [],
    ishikawa_analysis: worst
      ? { machine: 'pump', material: '', method: '', man: '', measurement: '', environment: 'humid' }
      : null,
    corrective_actions: worst ? ['Quarantine the lot'] : [],
    preventive_actions: worst ? ['Check the pump weekly'] : [],
    repaired: false,
    model_version: 'scripted-1',
    prompt_version: null,
    model_settings: {},
    tokens: { input: 100, output: 20, reasoning: 7 },
    cost_usd: 0.001,
    model_latency_ms: 12,
    ...overrides,
  }
}

export interface ScriptedAnalyzer extends Analyzer {
  /** What it was asked, in order. */
  inputs: AnalyzerInput[]
  answer: (input: AnalyzerInput) => Promise<AnalyzerResult> | AnalyzerResult
  /** What it was asked to translate, in order. */
  translations: TranslationInput[]
  /** By default each text with the language's code in front. */
  say: (text: string, input: TranslationInput) => Promise<string> | string
}

/** A translation of texts, each as `say` has it. */
async function translationOf(input: TranslationInput, say: ScriptedAnalyzer['say']): Promise<TranslationResult> {
  const texts: Record<string, string> = {}
  for (const [name, text] of Object.entries(input.texts)) texts[name] = await say(text, input)
  return {
    texts,
    model_version: 'scripted-1',
    prompt_version: 'scripted-translation-1',
    tokens: { input: 50, output: 60, reasoning: 0 },
    cost_usd: 0.002,
    model_latency_ms: 7,
  }
}

/** An analyzer that says what the test tells it: for the tests of what stands around it. */
export function scriptedAnalyzer(answer: ScriptedAnalyzer['answer'] = () => resultOf()): ScriptedAnalyzer {
  const scripted: ScriptedAnalyzer = {
    kind: 'azure',
    modelVersion: 'scripted-1',
    inputs: [],
    answer,
    translations: [],
    say: (text, { to }) => `${to}: ${text}`,
    admit: () => undefined,
    analyze: async (input) => {
      scripted.inputs.push(input)
      return scripted.answer(input)
    },
    translate: async (input) => {
      scripted.translations.push(input)
      return translationOf(input, scripted.say)
    },
    close: async () => undefined,
  }
  return scripted
}
