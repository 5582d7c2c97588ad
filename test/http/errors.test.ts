/** What an error is, is decided by the code that the driver gave, never by words that may be a client's. */
import { DrizzleQueryError } from 'drizzle-orm'
import t from 'tap'
import { isUnavailable, sqlStateOf } from '../../api/database/unavailable.ts'
import { toProblem } from '../../api/platform/http/problem.ts'

const WORDS = ['timeout expired', 'Query read timeout', 'Connection terminated', 'is not queryable', '22P02']
const databaseError = (message: string, code: string): Error =>
  Object.assign(new Error(message), { code, severity: 'ERROR' })
const failed = (cause: Error | undefined, parameter: string) =>
  new DrizzleQueryError('insert into t values ($1)', [parameter], cause)

t.test("words of a client's text in an error do not make it an outage or a bad value", async (t) => {
  for (const words of WORDS) {
    const error = failed(databaseError(`duplicate key: ${words}`, '23505'), words)
    t.notOk(isUnavailable(error), words)
    t.equal(toProblem(error).status, 500, words)
    t.equal(toProblem(failed(undefined, words)).status, 500, words)
    t.equal(toProblem(new Error(`a file named ${words}`)).status, 500, words)
  }
})

t.test('an outage is a 503 by its code, or by the whole message of an error that has none', async (t) => {
  for (const code of ['08006', '57P01', 'ECONNREFUSED'])
    t.equal(toProblem(failed(databaseError('x', code), '')).status, 503)
  for (const words of ['timeout expired', 'Query read timeout', 'Connection terminated unexpectedly']) {
    t.equal(toProblem(failed(new Error(words), '')).status, 503, words)
  }
})

t.test('a value that PostgreSQL cannot hold is a 400, through all causes', async (t) => {
  for (const code of ['22003', '22P02', '22P05', '22008', '22021']) {
    const error = new Error('outer', { cause: failed(databaseError("the client's text", code), '') })
    t.equal(sqlStateOf(error), code)
    t.match(toProblem(error), { status: 400, kind: 'bad-value', message: /out of the range/ })
    t.notMatch(toProblem(error).message, /client/)
  }
})
