/** US dollars per million tokens. `cachedInput` is the part of the input that the provider had in its prompt cache. */
export interface Price {
  input: number
  cachedInput: number
  output: number
}

/**
 * List prices by model, seen on two third-party price pages (evolink.ai, nicolalazzari.ai) in November 2026; unverified against an Azure
 * invoice, where region, agreement and deployment type change them. A model that is not here has no known price: configure it.
 */
export const LIST_PRICES: Readonly<Record<string, Price>> = {
  'gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
}

/** The list price of a model as responses name it, with or without its date; null where none is known. */
export function listPrice(model: string): Price | null {
  return LIST_PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')] ?? null
}

/** Tokens of one call; reasoning tokens are part of the output. */
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
