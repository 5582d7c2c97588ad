import { drizzle } from 'drizzle-orm/node-postgres'
import t from 'tap'
import { openClient } from '../../api/database/connection.ts'
import { grantApiRole } from '../../api/database/roles.ts'
import { reviewService } from '../../api/features/reviews/service.ts'
import { reviewThresholdsOf } from '../../api/features/reviews/thresholds.ts'
import * as schema from '../../drizzle/schema.ts'
import { rusty, startReviews } from './support.ts'

const { service, analyse } = await startReviews()
t.teardown(() => service.close())

t.test("the API's own database user adds reviews, and can neither change nor remove one", async (t) => {
  const client = await openClient(service.database.pool.options)
  t.teardown(() => client.end())
  await grantApiRole(client, 'wiko_api')
  await client.query('set role wiko_api')
  const db = drizzle(client, { schema })

  const { defect_id } = await analyse(rusty())
  const by = { person: 'Mei', caller: 'admin', requestRef: undefined }
  const reviews = reviewService(db, service.config.products)
  const row = await reviews.add(defect_id, { kind: 'confirm', comment: 'seen' }, by)
  t.match(row.review, { kind: 'confirm', comment: 'seen' })
  t.match(await reviews.history(defect_id), [{ person: 'Mei' }])
  const denied = { message: /permission denied for table reviews/ }
  await t.rejects(client.query("update reviews set comment = 'never said'"), denied)
  await t.rejects(client.query('delete from reviews'), denied)

  const thresholds = reviewThresholdsOf(db, 0.6)
  await thresholds.set('WK-KN-200', 0.9, by)
  t.equal(await thresholds.of('WK-KN-200'), 0.9)
  await thresholds.set('WK-KN-200', null, by)
  t.equal(await thresholds.of('WK-KN-200'), 0.6)
})
