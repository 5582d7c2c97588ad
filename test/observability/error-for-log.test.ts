import { DrizzleQueryError } from 'drizzle-orm'
import t from 'tap'
import { errorForLog } from '../../api/platform/observability/error-for-log.ts'

t.test("a failed query is logged by its statement and the database's reason, without its parameters", async (t) => {
  const reason = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const failed = new DrizzleQueryError('select * from analyses where lot = $1', ['a lot of the client'], reason)
  for (const error of [failed, new Error('outside', { cause: failed })]) {
    const logged = errorForLog(error)
    t.match(logged, { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', query: /^select/ })
    t.notMatch(JSON.stringify(logged), /a lot of the client/)
  }
})

t.test('another error is logged with its stack', async (t) => {
  t.match(errorForLog(new TypeError('odd')), { type: 'TypeError', message: 'odd', stack: /error-for-log\.test/ })
})
