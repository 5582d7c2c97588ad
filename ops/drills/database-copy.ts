import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, readdirSync, statSync } from 'node:fs'
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { openClient } from '../../api/database/connection.ts'
import { freePort } from '../../fixtures/free-port.ts'
import { Failure } from '../lib/failures.ts'

/** A second PostgreSQL with what the first one held when the backup was taken. */
export interface DatabaseCopy {
  readonly url: string
  readonly folder: string
  /** Stops it and deletes its files. */
  remove(): Promise<void>
}

/** Rows by table, of all tables of the schemas that hold data of ours. */
export async function rowCounts(url: string | pg.ClientConfig): Promise<Record<string, number>> {
  const client = await openClient(url)
  try {
    const { rows } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1",
    )
    const counts: Record<string, number> = {}
    for (const { name } of rows) {
      const { rows: counted } = await client.query<{ count: string }>(`select count(*) from ${name}`)
      counts[name] = Number(counted[0]?.count)
    }
    return counts
  } finally {
    await client.end()
  }
}

/**
 * Copies a running PostgreSQL of this machine by an online backup of its files (as a snapshot of a volume is), and starts the copy, which
 * recovers from the log as after a crash. Both need to belong to the user whose files they are.
 */
export async function restoreCopy(url: string, folder: string): Promise<DatabaseCopy> {
  const client = await openClient(url)
  const one = async <T>(text: string) => (await client.query<Record<string, T>>(text)).rows[0] ?? {}
  const { data_directory: data } = await one<string>('show data_directory')
  const { setting: bin } = await one<string>("select setting from pg_config where name = 'BINDIR'")
  if (!data || !bin) throw new Failure('PostgreSQL does not say where its files are.')
  await client.query("select pg_backup_start('drill', true)")
  await cp(data, folder, { recursive: true, preserveTimestamps: true })
  const { labelfile } = await one<string>('select labelfile from pg_backup_stop(false)')
  await client.end()
  await writeFile(join(folder, 'backup_label'), labelfile ?? '')
  for (const file of ['postmaster.pid', 'postmaster.opts']) await rm(join(folder, file), { force: true })
  // The log up to the end of the backup, which was written after its files were copied.
  await cp(join(data, 'pg_wal'), join(folder, 'pg_wal'), { recursive: true, force: true })
  const { uid, gid } = statSync(data)
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(folder, name), uid, gid)

  const copy = new URL(url)
  copy.port = String(await freePort())
  const args = ['-D', folder, '-p', copy.port, '-h', '127.0.0.1', '-k', '']
  const server = spawn(join(bin, 'postgres'), args, { uid, gid, cwd: folder, stdio: 'ignore' })
  const remove = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const exited = once(server, 'exit')
      server.kill('SIGQUIT')
      await exited
    }
    await rm(folder, { recursive: true, force: true })
  }
  for (let attempt = 0; attempt < 300; attempt++) {
    const up = await rowCounts(copy.href).then(
      () => true,
      () => false,
    )
    if (up) return { url: copy.href, folder, remove }
    if (server.exitCode !== null) break
    await sleep(100)
  }
  await remove()
  throw new Failure('The copy of the database did not start.')
}
