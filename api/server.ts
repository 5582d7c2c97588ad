/** Starts the service: `node api/server.ts`. Prints one line for each configuration error. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { createAnalyzer } from './analyzers/create.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError, loadConfig } from './config/config.ts'
import { openDatabase } from './database/database.ts'
import { openImageStore } from './images/open-store.ts'
import { migrateWhenReachable } from './migration.ts'
import { createMetrics } from './platform/observability/metrics.ts'
import { startTracing } from './platform/observability/tracing.ts'

function readConfig(): Config {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`The service cannot start:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}\n`)
    process.exit(1)
  }
}

/** Settings that are valid but may be unintended. */
function warnings(config: Config): string[] {
  const messages: string[] = []
  if (config.apiKey === null) messages.push('API_KEY is not set: the API is open to anyone who can reach this address')
  if (config.azure === null) {
    messages.push(
      'Using the local analyzer (classical image analysis, no model); set AZURE_AI_ENDPOINT to use the model',
    )
  }
  return messages
}

async function main(): Promise<void> {
  const config = readConfig()
  let log: FastifyBaseLogger | undefined
  const toStderr = {
    info: (message: string) => void process.stderr.write(`${message}\n`),
    error: (detail: object, message: string) =>
      log ? log.error(detail, message) : void process.stderr.write(`${message}\n`),
  }
  const database = await openDatabase({ ...config, migrate: config.production ? null : migrateWhenReachable }, toStderr)
  const metrics = createMetrics(config)
  const analyzer = createAnalyzer(config, { info: (detail, message) => app.log.info(detail, message) }, metrics)
  const shutdown = new AbortController()
  const store = openImageStore(config)
  const app = await buildApp({ config, database, store, analyzer, metrics, shutdownSignal: shutdown.signal })
  log = app.log
  // The process state is undefined after these errors: log, exit, and let another process take over.
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      app.log.fatal({ err: error }, kind)
      process.exit(1)
    })
  }
  const tracing = startTracing(config, app.log)
  for (const warning of warnings(config)) app.log.warn(warning)

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    app.log.info({ signal }, 'stopping')
    setTimeout(() => {
      app.log.error({ timeout_ms: config.shutdownTimeoutMs }, 'Requests still running at the deadline, exiting')
      process.exit(1)
    }, config.shutdownTimeoutMs).unref()
    shutdown.abort()
    await sleep(config.shutdownGraceMs)
    const unfinished = await app.close().then(
      () => null,
      (error: unknown) => error,
    )
    if (unfinished !== null) app.log.error({ err: unfinished }, 'Shutdown failed')
    await tracing.close()
    process.exit(unfinished === null ? 0 : 1)
  }
  // Not `once`: Ctrl-C arrives from the terminal and again from make dev, and the second signal must not cut shutdown
  // short.
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop(signal))

  const address = await app.listen({ host: config.host, port: config.port })
  process.send?.({ address })
}

main().catch((error) => {
  process.stderr.write(`The service cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
