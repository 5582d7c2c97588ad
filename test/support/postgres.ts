import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openClient } from '../../api/database/connection.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { freePort } from '../../scripts/free-port.ts'
import { testFolder } from './service.ts'

export interface PostgresServer {
  /** For DATABASE_URL; the same over stops and starts. */
  url: string
  /** Starts it on its port after a stop; resolves when it answers. */
  start(): Promise<void>
  /** Fast: sessions end, all is written. Immediate: as a crash, with recovery at the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** Hangs it and its sessions (kill -STOP), as a machine that is gone: nothing is refused and nothing is answered. */
  pause(): Promise<void>
  /** Ends a pause. */
  continue(): void
  /** One statement by a connection of its own. */
  query<T extends object>(text: string): Promise<T[]>
  /** Stops it and removes its files. */
  remove(): Promise<void>
}

async function ask<T extends object>(url: string, text: string): Promise<T[]> {
  const client = await openClient({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

/**
 * An empty PostgreSQL on a port that stays, for tests that stop, crash and hang it. Not started yet. The files and the user come
 * from the embedded one, started once and stopped again.
 */
export async function createPostgres(options: string[] = []): Promise<PostgresServer> {
  const folder = testFolder()
  const embedded = await startEmbeddedPostgres(folder.path)
  const [data] = await ask<{ data_directory: string }>(embedded.url, 'show data_directory')
  const [bin] = await ask<{ setting: string }>(embedded.url, "select setting from pg_config where name = 'BINDIR'")
  await embedded.stop()
  if (!data || !bin) throw new Error('the embedded PostgreSQL does not say where it is')
  const url = new URL(embedded.url)
  url.port = String(await freePort())
  const { uid, gid } = statSync(data.data_directory)
  const fixed = ['-D', data.data_directory, '-p', url.port, '-h', '127.0.0.1', '-k', '']
  let server: ChildProcess | undefined
  let paused: number[] = []
  process.once('exit', () => server?.kill('SIGQUIT'))

  const postgres: PostgresServer = {
    url: url.href,
    async start() {
      server = spawn(join(bin.setting, 'postgres'), [...fixed, ...options], {
        uid,
        gid,
        cwd: data.data_directory,
        stdio: 'ignore',
      })
      for (let attempt = 0; ; attempt++) {
        const up = await ask(url.href, 'select 1').then(
          () => true,
          () => false,
        )
        if (up) return
        if (attempt >= 200) throw new Error('PostgreSQL did not start')
        await sleep(100)
      }
    },
    async stop(mode = 'fast') {
      if (!server || server.exitCode !== null) return
      const exited = once(server, 'exit')
      postgres.continue()
      server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await exited
    },
    async pause() {
      const sessions = await ask<{ pid: number }>(
        url.href,
        "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      )
      paused = sessions.map(({ pid }) => pid)
      if (server?.pid) paused.push(server.pid)
      for (const pid of paused) process.kill(pid, 'SIGSTOP')
    },
    continue() {
      for (const pid of paused.splice(0)) process.kill(pid, 'SIGCONT')
    },
    query: (text) => ask(url.href, text),
    async remove() {
      await postgres.stop('immediate')
      folder.remove()
    },
  }
  return postgres
}
