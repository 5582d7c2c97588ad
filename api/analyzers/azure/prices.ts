/** US dollars per million tokens. `cachedInput` is the part of the input found in the provider's prompt cache. */
export interface Price {
  input: number
  cachedInput: number
  output: number
}

/**
 * List prices by model, from two third-party price pages (evolink.ai, nicolalazzari.ai) in November 2026. Not verified
 * against an Azure invoice, where region, agreement and deployment type matter. Other models have no known price:
 * configure it.
 */
export const LIST_PRICES: Readonly<Record<string, Price>> = {
  'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
}

/** List price of a model as named in responses, with or without a date; null if unknown. */
export function listPrice(model: string): Price | null {
  return LIST_PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')] ?? null
}

/** Tokens of a call. Reasoning tokens are part of the output. */
export interface Usage {
  input: number
  cachedInput: number
  output: number
  reasoning: number
}

/** US dollars. */
export const costOf = (usage: Usage, price: Price): number =>
  ((usage.input - usage.cachedInput) * price.input +
    usage.cachedInput * price.cachedInput +
    usage.output * price.output) /
  1e6
