import { drizzle } from 'drizzle-orm/node-postgres'
import type { OpenAPI3 } from 'openapi-typescript'
import pg from 'pg'
import * as schema from '../drizzle/schema.ts'
import { buildApp } from './app.ts'
import { loadConfig } from './config/config.ts'
import { AnalyzerError } from './domain/analyzer-error.ts'
import { openImageStore } from './images/open-store.ts'

/** Builds the OpenAPI document without starting or connecting to anything. */
export async function openapiDocument(): Promise<OpenAPI3> {
  const config = loadConfig({ ENVIRONMENT: 'test', LOG_LEVEL: 'silent', SECRET_KEY: 'only-for-the-document' })
  const pool = new pg.Pool()
  const nothing = async () => undefined
  const noAnalyzer = () => Promise.reject(new AnalyzerError('unavailable', 'No analyzer available'))
  const app = await buildApp({
    config,
    database: { db: drizzle(pool, { schema }), pool, check: nothing, close: nothing },
    store: openImageStore(config),
    analyzer: {
      kind: 'local',
      modelVersion: 'none',
      admit: () => undefined,
      analyze: noAnalyzer,
      translate: noAnalyzer,
      close: nothing,
    },
  })
  await app.ready()
  const document = app.swagger() as OpenAPI3
  await app.close()
  return document
}
