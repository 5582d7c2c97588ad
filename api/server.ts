/** Starts the service: `node api/server.ts`. Faults of the environment are printed, a line each. */
import { createAnalyzer } from './analyzer/create.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError, loadConfig } from './config.ts'
import { openDatabase } from './database/database.ts'
import { openImageStore } from './images/open-store.ts'

/** The longest batch takes 55 s; the container gets 60 s before it is killed (modules/service/timing.ts). */
const SHUTDOWN_MS = 57_000

function readConfig(): Config {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`The service cannot start:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}\n`)
    process.exit(1)
  }
}

/** What an operator must not find out later. */
function warnings(config: Config): string[] {
  const said: string[] = []
  if (config.apiKey === null) said.push('No API_KEY: the API is open to whoever can reach this address')
  if (config.azure === null) {
    said.push('The local analyzer is in use (classical image analysis, no model); set AZURE_AI_ENDPOINT for the model')
  }
  if (config.redisUrl !== null) said.push('REDIS_URL is set, but limits are still counted in this process')
  return said
}

async function main(): Promise<void> {
  const config = readConfig()
  const toStderr = {
    info: (message: string) => void process.stderr.write(`${message}\n`),
    error: (detail: object, message: string) => app.log.error(detail, message),
  }
  const database = await openDatabase({ ...config, migrate: !config.production }, toStderr)
  const analyzer = createAnalyzer(config, { info: (detail, message) => app.log.info(detail, message) })
  const app = await buildApp({ config, database, store: openImageStore(config), analyzer })
  for (const warning of warnings(config)) app.log.warn(warning)

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    app.log.info({ signal }, 'stopping')
    setTimeout(() => {
      app.log.error('requests did not end in time')
      process.exit(1)
    }, SHUTDOWN_MS).unref()
    await app.close()
    process.exit(0)
  }
  // Not once: Ctrl-C comes from the terminal and again from make dev, and a second one must not cut the stop short.
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => void stop(signal))

  const address = await app.listen({ host: config.host, port: config.port })
  process.send?.({ address })
}

main().catch((error) => {
  process.stderr.write(`The service cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
