import type { Exchange, Kind } from './exchange.ts'

export const SEVERITIES = ['info', 'low', 'medium', 'high'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface Finding {
  severity: Severity
  /** Id of the rule of ZAP's that looks for the same; null where there is none. */
  zap: number | null
  name: string
  /** Where it was seen, and what. */
  evidence: string
  advice: string
}

/** One thing to look for in an answer. Returns what was seen, or null. */
export interface Rule extends Omit<Finding, 'evidence'> {
  /** Kinds of answers that it looks at; all where there is none. */
  kinds?: readonly Kind[]
  seen(exchange: Exchange): string | null
}

export const isHtml = ({ headers }: Exchange): boolean => headers.get('content-type')?.startsWith('text/html') ?? false
export const isSecure = ({ url }: Exchange): boolean => url.startsWith('https:')

/** One finding for each rule, with the first place where it was seen and the number of the others. */
export function judgeAll(rules: readonly Rule[], exchanges: readonly Exchange[]): Finding[] {
  return rules.flatMap(({ kinds, seen, ...rule }) => {
    const places = exchanges.flatMap((exchange) => {
      const what = kinds === undefined || kinds.includes(exchange.kind) ? seen(exchange) : null
      return what === null ? [] : [`${exchange.method} ${new URL(exchange.url).pathname} ${exchange.status}: ${what}`]
    })
    const [first, ...others] = places
    if (first === undefined) return []
    return [{ ...rule, evidence: others.length === 0 ? first : `${first} (and ${others.length} more)` }]
  })
}
