/**
 * WAF's statements, typed. The bindings take anything for a statement and hand it on as it is, so the keys here are Terraform's own: a
 * misspelt one would be found at plan only.
 */
export type Statement =
  | { readonly and_statement: Many }
  | { readonly or_statement: Many }
  | { readonly not_statement: { readonly statement: readonly [Statement] } }
  | { readonly label_match_statement: { readonly scope: 'LABEL'; readonly key: string } }
  | { readonly byte_match_statement: ByteMatch }
  | { readonly rate_based_statement: RateLimit }
  | { readonly managed_rule_group_statement: ManagedGroup }

interface Many {
  readonly statement: readonly Statement[]
}

interface ByteMatch {
  readonly search_string: string
  readonly positional_constraint: 'STARTS_WITH' | 'EXACTLY'
  readonly field_to_match: { readonly uri_path: Record<string, never> }
  readonly text_transformation: readonly [{ readonly priority: 0; readonly type: 'NORMALIZE_PATH' }]
}

interface RateLimit {
  readonly limit: number
  readonly aggregate_key_type: 'IP'
  readonly evaluation_window_sec: number
}

interface ManagedGroup {
  readonly vendor_name: 'AWS'
  readonly name: string
  readonly rule_action_override: readonly {
    readonly name: string
    readonly action_to_use: { readonly count: Record<string, never> }
  }[]
}

/** All of them. */
export const and = (...statement: readonly [Statement, Statement, ...Statement[]]): Statement => ({
  and_statement: { statement },
})

/** Any of them; WAF wants two or more, so one alone stays as it is. */
export function or(statement: readonly [Statement, ...Statement[]]): Statement {
  return statement.length === 1 ? statement[0] : { or_statement: { statement } }
}

export const not = (statement: Statement): Statement => ({ not_statement: { statement: [statement] } })

/** An earlier rule has marked the request so. */
export const labelled = (key: string): Statement => ({ label_match_statement: { scope: 'LABEL', key } })

/** The path begins so. */
export const pathUnder = (start: string): Statement => ({
  byte_match_statement: {
    search_string: start,
    positional_constraint: 'STARTS_WITH',
    field_to_match: { uri_path: {} },
    text_transformation: [{ priority: 0, type: 'NORMALIZE_PATH' }], // /api/../ is no way around
  },
})

/** More than `limit` requests of one address in five minutes. */
export const rateOver = (limit: number): Statement => ({
  rate_based_statement: { limit, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
})

/** A group of rules that AWS maintains; the rules of `counted` mark a request but let it pass. */
export const managedGroup = (name: string, counted: readonly string[]): Statement => ({
  managed_rule_group_statement: {
    vendor_name: 'AWS',
    name,
    rule_action_override: counted.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
  },
})
