import type { Reader } from './reader.ts'

/** A number of requests in a time window. */
export interface RateLimit {
  max: number
  windowMs: number
}

/** What a caller may use per UTC day; null: no limit. */
export interface DailyBudget {
  analyses: number | null
  tokens: number | null
  costUsd: number | null
}

const WINDOWS: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Parses "60 per minute", "60/minute" or "60" (per minute). Returns null for anything else. */
export function parseRateLimit(text: string): RateLimit | null {
  const match = /^(\d{1,9})(?:\s*(?:per|\/)\s*(second|minute|hour|day))?$/i.exec(text.trim())
  const max = Number(match?.[1])
  if (!match || max < 1) return null
  return { max, windowMs: WINDOWS[(match[2] ?? 'minute').toLowerCase()] as number }
}

export function readRateLimit(read: Reader, name: string, fallback: string): RateLimit {
  const limit = parseRateLimit(read.raw(name) ?? fallback)
  if (!limit) read.fault(name, 'must be a number of requests, such as "60 per minute", "60/minute" or "60"')
  return limit ?? { max: 1, windowMs: 60_000 }
}

export const readOptionalRateLimit = (read: Reader, name: string): RateLimit | null =>
  read.raw(name) === null ? null : readRateLimit(read, name, '1')

export function readDailyBudget(read: Reader): DailyBudget {
  const limit = (name: string, most: number, integer = true) =>
    read.raw(name) === null ? null : read.number(name, 1, integer ? 1 : 0.01, most, integer)
  return {
    analyses: limit('DAILY_ANALYSES', 1e9),
    tokens: limit('DAILY_TOKENS', 1e12),
    costUsd: limit('DAILY_COST_USD', 1e6, false),
  }
}
