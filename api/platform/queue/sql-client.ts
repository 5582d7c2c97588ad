import type { Db as BossDatabase } from 'pg-boss'

interface Result {
  rows: unknown[]
}

/** A client or a pool of `pg`. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<Result | Result[]>
}

/** Lets pg-boss use our connections. Several statements at once return the rows of all, as pg-boss expects. */
export const sqlClient = (client: SqlClient): BossDatabase => ({
  async executeSql(text, values) {
    const result = await client.query(text, values)
    return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows }
  },
})
