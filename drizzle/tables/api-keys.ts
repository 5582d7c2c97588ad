import { bigint, boolean, integer, numeric, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core'
import type { Scope } from '../../api/domain/scopes.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** API keys beside the administrator's: the SHA-256 of 256 random bits, never the key. */
export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey().defaultRandom(),
  keyHash: varchar('key_hash', { length: 128 }).unique().notNull(),
  description: varchar('description', { length: 255 }),
  /** Requests a minute. */
  rateLimit: integer('rate_limit').default(300),
  isActive: boolean('is_active').default(true),
  createdAt: moment('created_at').defaultNow(),
  lastUsedAt: moment('last_used_at'),

  /** How the key begins ("wiko_" and 8 hex digits) and ends: what a person tells it by. */
  prefix: varchar('prefix', { length: 16 }),
  lastFour: varchar('last_four', { length: 4 }),
  /** Null, of rows from before there were scopes: analyse and read. */
  scopes: text('scopes').array().$type<Scope[]>(),
  expiresAt: moment('expires_at'),
  revokedAt: moment('revoked_at'),
  /** The key before the last rotation, good until then: the row stays, and with it the caller, duplicates and budgets. */
  previousKeyHash: varchar('previous_key_hash', { length: 128 }).unique(),
  previousExpiresAt: moment('previous_expires_at'),
  /** Requests a minute on the routes that call the model; null: no limit beside rate_limit. */
  modelRateLimit: integer('model_rate_limit'),
  /** Budgets of a UTC day; null: none. */
  dailyAnalyses: integer('daily_analyses'),
  dailyTokens: bigint('daily_tokens', { mode: 'number' }),
  dailyCostUsd: numeric('daily_cost_usd', { precision: 12, scale: 6, mode: 'number' }),
  /** The caller that made it. */
  createdBy: varchar('created_by', { length: 60 }),
})
