import { getTableColumns, getTableName, type InferSelectModel } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'

/**
 * Adds the rows by one statement with one parameter: what PostgreSQL reads fastest of what needs no file. Every column of the table is
 * written, but those that it makes itself.
 */
export async function insertRows<T extends PgTable>(
  client: pg.ClientBase,
  table: T,
  rows: readonly InferSelectModel<T>[],
  onConflict = '',
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined)
  const named = rows.map((row) =>
    Object.fromEntries(columns.map(([key, { name }]) => [name, (row as Record<string, unknown>)[key]])),
  )
  const name = `"${getTableName(table)}"`
  const list = columns.map(([, column]) => `"${column.name}"`).join(', ')
  await client.query(
    `insert into ${name} (${list}) select ${list} from json_populate_recordset(null::${name}, $1::json) ${onConflict}`,
    [JSON.stringify(named)],
  )
}
