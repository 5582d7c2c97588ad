/**
 * `make dev`: builds the page where its sources are newer, then runs the service on embedded defaults at one address.
 * With --hot the page comes from Vite's server, which reloads it as it changes, and the service runs behind it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import pretty from 'pino-pretty'
import { buildPageIfStale } from './built-page.ts'

const root = resolve(import.meta.dirname, '..')
const hot = process.argv.includes('--hot')
const port = process.env.PORT || '5001'
const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Runs the service; resolves with its address when it listens, exits with it when it ends. */
function startService(env: NodeJS.ProcessEnv): { child: ChildProcess; address: Promise<string> } {
  const child = spawn(process.execPath, [join(root, 'api/server.ts')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.stdout?.pipe(
    pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', singleLine: true, translateTime: 'SYS:HH:MM:ss' }),
  )
  // The terminal's Ctrl-C reaches the service too; it finishes what runs and we end with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
  const address = new Promise<string>((done) => {
    child.on('message', (message: { address: string }) => done(message.address))
  })
  return { child, address }
}

if (hot) {
  const service = startService({ PORT: '0' })
  const target = await service.address
  process.env.WEB_API_PROXY = target
  const { createServer } = await import('vite')
  const vite = await createServer({ root: join(root, 'web'), server: { port: Number(port), strictPort: true } })
  await vite.listen()
  say(`\n  Wiko Defect Analyzer   http://127.0.0.1:${port}   (hot reload; the API is at ${target})\n`)
} else {
  try {
    await buildPageIfStale(say)
  } catch (error) {
    say(`The page cannot be built: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
  say('Starting the service ...')
  const address = await startService({ PORT: port }).address
  const data = resolve(process.env.DATA_DIR || join(root, '.data'))
  say(`\n  Wiko Defect Analyzer   ${address}`)
  say(`  API documentation      ${address}/docs`)
  say(`  Data                   ${data}`)
  say('  Ctrl-C stops it.\n')
}
