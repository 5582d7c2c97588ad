import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../../scripts/free-port.ts'

export interface RedisServer {
  /** For REDIS_URL. */
  url: string
  port: number
  /** The process that runs now; another one after `start`. */
  process: ChildProcess
  /** Hangs it: connections stay open and nothing is answered (kill -STOP). */
  pause(): void
  /** Ends a pause. */
  continue(): void
  /** Kills it: connections are refused from then on. Its data are gone. */
  stop(): Promise<void>
  /** Starts it again, empty, on the same port after a stop. */
  start(): Promise<void>
}

/** A test that ends early leaves nothing behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

async function launch(ports: string[], options: string[]): Promise<ChildProcess> {
  // Replication goes through a file, which must not be found by the next server.
  const folder = mkdtempSync(join(tmpdir(), 'wiko-redis-'))
  const fixed = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', [...ports, ...fixed, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => {
    running.delete(child)
    rmSync(folder, { recursive: true, force: true })
  })
  const said: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`redis-server did not start: ${said.join('\n')}`)))
    createInterface(child.stdout).on('line', (line) => {
      said.push(line)
      if (/Ready to accept connections/.test(line)) resolve()
    })
  })
  await ready
  return child
}

/**
 * A real redis-server on a free port of 127.0.0.1, keeping nothing on disk. `options` are those of its command line; for
 * TLS they must name a certificate.
 */
export async function startRedis(options: string[] = [], transport: 'plain' | 'tls' = 'plain'): Promise<RedisServer> {
  const port = await freePort()
  const tls = transport === 'tls'
  const ports = tls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)]
  const redis: RedisServer = {
    url: `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}/0`,
    port,
    process: await launch(ports, options),
    pause: () => void redis.process.kill('SIGSTOP'),
    continue: () => void redis.process.kill('SIGCONT'),
    async stop() {
      if (redis.process.exitCode !== null || redis.process.signalCode !== null) return
      const exited = once(redis.process, 'exit')
      redis.process.kill('SIGKILL')
      await exited
    },
    async start() {
      redis.process = await launch(ports, options)
    },
  }
  return redis
}
