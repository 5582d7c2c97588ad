import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { migrateDatabase } from '../../api/migration.ts'
import { testFolder } from '../support/service.ts'

/** Old and new tasks run side by side during a deployment, on one database. */
const MIGRATIONS = resolve(import.meta.dirname, '../../drizzle/migrations')
const { entries } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as {
  entries: { tag: string }[]
}
const folder = testFolder()
const postgres = await startEmbeddedPostgres(folder.path)
t.teardown(async () => {
  await postgres.stop()
  folder.remove()
})

async function databaseNamed(name: string): Promise<string> {
  const owner = await openClient({ connectionString: postgres.url })
  await owner.query(`create database ${name}`)
  await owner.end()
  const url = new URL(postgres.url)
  url.pathname = name
  return url.href
}

async function connected(t: { teardown(end: () => Promise<void>): void }, url: string): Promise<pg.Client> {
  const client = await openClient({ connectionString: url })
  t.teardown(() => client.end())
  return client
}

t.test('D15 migrating at once: one does it, the others wait', async (t) => {
  const url = await databaseNamed('at_once')
  await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(url)))
  const client = await connected(t, url)
  const { rows } = await client.query('select 1 from drizzle.__drizzle_migrations')
  t.equal(rows.length, entries.length, 'each migration ran once')
})

/** Takes away, tightens or renames what the code of the version before uses. Comments and quoted texts aside. */
const CONTRACTS =
  /\b(drop\s+(table|column|constraint|index|type|schema|view)|rename\s+(to|column)|alter\s+column\b[^;]*\b(type|set\s+not\s+null)|truncate)\b/i

t.test('D15 the newest migration only adds', async (t) => {
  const newest = entries.at(-1)?.tag
  const statements = readFileSync(join(MIGRATIONS, `${newest}.sql`), 'utf8').split('--> statement-breakpoint')
  t.ok(statements.length > 0)
  for (const statement of statements) {
    t.notMatch(statement, CONTRACTS, statement.trim().slice(0, 100))
    const added = /alter\s+table\s+\S+\s+add\s+column\b(.*)/is.exec(statement)?.[1] ?? ''
    if (/not\s+null/i.test(added)) t.match(added, /default/i, `${statement.trim()} needs a default`)
  }
})

t.test(
  'a database of a version before the first release is refused in one line, and nothing of it is changed',
  async (t) => {
    const url = await databaseNamed('unreleased')
    const client = await connected(t, url)
    await client.query(`
    create schema drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('of another first migration', 1), ('and the next', 2);
    create table analyses (id uuid primary key)`)
    const tables = async () =>
      (
        await client.query(
          "select oid::regclass::text from pg_class where relkind in ('r', 'i', 'S') and oid > 16383 order by 1",
        )
      ).rows
    const before = await tables()
    const failure: Error = await migrateDatabase(url).then(
      () => new Error('it was migrated'),
      (error) => error,
    )
    t.match(
      failure.message,
      /^this database was made by a version before the first release .*nothing was changed.*UPGRADE\.md[^\n]*$/,
    )
    t.same(await tables(), before)
  },
)

t.test('D15 what the version before writes and reads works on the new schema', async (t) => {
  const before = testFolder()
  t.teardown(() => before.remove())
  cpSync(MIGRATIONS, before.path, { recursive: true })
  // Of the first release, which has no version before, it is the release itself.
  writeFileSync(
    join(before.path, 'meta/_journal.json'),
    JSON.stringify({ entries: entries.slice(0, Math.max(1, entries.length - 1)) }),
  )
  const url = await databaseNamed('version_before')
  const client = await connected(t, url)
  await migrate(drizzle(client), { migrationsFolder: before.path })

  interface Column {
    table_name: string
    column_name: string
    data_type: string
    /** Null where there is no limit. */
    length: number | null
    is_nullable: 'YES' | 'NO'
  }
  const { rows: columns } = await client.query<Column>(
    `select table_name, column_name, data_type, character_maximum_length as length, is_nullable from information_schema.columns
     where table_schema = 'public' and is_generated = 'NEVER' order by ordinal_position`,
  )
  const tables = [...new Set(columns.map((column) => column.table_name))]
  t.ok(tables.includes('analyses') && tables.includes('api_keys') && tables.includes('audit_log'))

  /** Of these, some table takes each value once. */
  const UNIQUE = ['defect_id', 'product_sku']
  const samples: Record<string, unknown> = {
    defect_id: 'DEF-20260101-0000000',
    facility: 'yangjiang',
    product_sku: 'WK-KN-200',
    defect_type: 'rust_spot',
    severity: 'critical',
    verdict: 'ng',
    affected_area: 'blade',
    probable_stage: 'vacuum_quench',
    analyzer: 'azure',
    language: 'en',
    confidence: 0.9,
    method: 'GET',
    'ingest_jobs.status': 'queued',
    // A row is of an ingest job or of a request.
    ingest_id: null,
    // A reference to another row.
    api_key_id: null,
  }
  const byType: Record<string, (serial: number) => unknown> = {
    uuid: () => crypto.randomUUID(),
    'timestamp with time zone': () => new Date(),
    date: () => new Date(),
    boolean: () => true,
    integer: (serial) => serial,
    bigint: (serial) => serial,
    smallint: (serial) => serial,
    numeric: () => 1,
    'double precision': () => 1,
    real: () => 1,
    ARRAY: () => [],
    inet: () => '127.0.0.1',
  }
  /** As the code of the version before does it: it names the columns that it knows, and no others. */
  async function insert(table: string, serial: number): Promise<void> {
    const known = columns.filter((column) => column.table_name === table)
    const values = known.map(({ column_name, data_type, length, is_nullable }) => {
      const sample = samples[`${table}.${column_name}`] ?? samples[column_name]
      if (sample !== undefined) return UNIQUE.includes(column_name) ? `${sample}${serial}` : sample
      if (data_type.startsWith('json')) return is_nullable === 'YES' ? null : `[${serial}]`
      return (byType[data_type] ?? ((n) => `${column_name}-${n}`.slice(-(length ?? 100))))(serial)
    })
    const names = known.map(({ column_name }) => pg.escapeIdentifier(column_name))
    const marks = values.map((_, index) => `$${index + 1}`)
    await client.query(
      `insert into ${pg.escapeIdentifier(table)} (${names}) overriding system value values (${marks})`,
      values,
    )
  }

  // Rows of one table at a time: which rows of another they belong to does not matter here.
  await client.query('set session_replication_role = replica')
  for (const table of tables) await insert(table, 1)
  await migrateDatabase(url)
  for (const table of tables) {
    await insert(table, 2)
    const names = columns.filter((column) => column.table_name === table).map(({ column_name }) => column_name)
    const { rows } = await client.query(`select ${names.map((name) => pg.escapeIdentifier(name))} from ${table}`)
    // The migration itself may add rows, such as those of the housekeeping.
    t.ok(rows.length >= 2, `${table}: the row from before and one by the version before`)
  }
})
