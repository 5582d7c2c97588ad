import type { Config } from '../config.ts'
import type { Analyzer } from './analyzer.ts'
import { azureAnalyzer } from './azure/azure.ts'
import { localAnalyzer } from './local/local.ts'

export interface AnalyzerLog {
  info(detail: object, message: string): void
}

/** Analyses that may wait for each that runs; more would only wait to time out. */
const QUEUED_PER_RUNNING = 4

/** The model where one is configured, else the local analyzer. There is no falling back from one to the other. */
export function createAnalyzer(config: Config, log?: AnalyzerLog): Analyzer {
  if (config.azure === null) return localAnalyzer()
  const { prices, ...azure } = config.azure
  return azureAnalyzer({
    ...azure,
    // The list prices are used where none are configured; a cached token is then counted as a new one.
    ...(prices ? { prices: { ...prices, cachedInput: prices.input } } : {}),
    maxQueue: QUEUED_PER_RUNNING * azure.maxConcurrency,
    productName: (sku) => config.products.find(({ code }) => code === sku)?.name,
    onEvent: (event) => log?.info(event, 'model call'),
  })
}
