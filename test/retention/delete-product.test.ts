import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ListObjectVersionsCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import { eq } from 'drizzle-orm'
import t from 'tap'
import { ingestJobs } from '../../drizzle/schema.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { requestOf } from '../../ops/delete-product.ts'
import { contentsOf, type Deletion, deleteProduct } from '../../ops/retention/product-deletion.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { analysisOf, bodyOf } from '../support/http.ts'
import { ended, leave, stateWhen } from '../support/ingest.ts'
import { startService } from '../support/service.ts'

const KNIFE = 'WK-KN-200'
const WOK = 'WK-CI-280'
const base: Deletion = { product: KNIFE, before: null, rows: 'keep', person: 'Operator Lee' }

t.test('what is asked for is checked before anything is opened', async (t) => {
  t.match(requestOf({ PRODUCT: ' wk-kn-200 ' }), { product: KNIFE, before: null, rows: 'keep', confirmed: false })
  t.match(requestOf({ PRODUCT: KNIFE, ROWS: '', BEFORE: '2026-01-01' }).before, new Date('2026-01-01T00:00:00Z'))
  t.throws(() => requestOf({}), /PRODUCT must name a SKU/)
  t.throws(() => requestOf({ PRODUCT: KNIFE, ROWS: 'all' }), /ROWS must be keep/)
  t.throws(() => requestOf({ PRODUCT: KNIFE, BEFORE: 'yesterday' }), /BEFORE must be a day/)
  t.throws(() => requestOf({ PRODUCT: KNIFE, CONFIRM: 'yes', PERSON: 'Lee' }), /CONFIRM=WK-KN-200/)
  t.throws(() => requestOf({ PRODUCT: KNIFE, CONFIRM: KNIFE }), /PERSON must name/)
})

const skip = (await installMoto()) ?? false

t.test('against PostgreSQL and a versioned bucket', { skip }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  Object.assign(process.env, moto.env)
  const bucket = `images-${randomUUID()}`
  await moto.createBucket(bucket)
  const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true })
  t.teardown(() => s3.destroy())
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }))
  /** Objects, earlier versions and delete markers. */
  const stored = async (): Promise<number> => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }))
    return Versions.length + DeleteMarkers.length
  }

  const postgres = await createPostgres()
  await postgres.start()
  t.teardown(() => postgres.remove())
  const env = { DATABASE_URL: postgres.url, IMAGES_BUCKET: bucket }
  const analyzer = scriptedAnalyzer(() => resultOf([rust]))
  const service = await startService({ ...env, RATE_LIMIT_PER_IP: '100000', INGEST_RETRIES: '0' }, { analyzer })
  t.teardown(() => service.close())
  const { db } = service.database

  const analyse = async (product_sku: string, bytes: Buffer) => {
    const body = photoForm(bytes, { product_sku, facility: 'yangjiang' })
    return analysisOf(await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body }))
  }
  const review = (defectId: string, body: object) =>
    fetch(`${service.url}/api/v1/analyses/${defectId}/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: 'Inspector Wu', ...body }),
    })
  const pictureOf = async ({ image_url }: { image_url: string }) => (await fetch(image_url)).status
  const rowsLeft = async () =>
    (await bodyOf<{ total_inspections: number }>(await fetch(`${service.url}/api/v1/stats`))).total_inspections

  const sent = await photo()
  const knife = await analyse(KNIFE, sent)
  const corrected = await analyse(KNIFE, await photo())
  const wok = await analyse(WOK, await photo())
  t.equal((await review(corrected.defect_id, { kind: 'correct', product_sku: WOK })).status, 201)
  t.equal((await review(knife.defect_id, { kind: 'confirm' })).status, 201)
  const explained = await fetch(`${service.url}/api/v1/analyses/${knife.defect_id}/explanation`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: 'Inspector Wu' }),
  })
  t.equal(explained.status, 200)
  const left = await bodyOf<{ image_id: string }>(await leave(service.url, await photo()))
  await stateWhen(service.url, left.image_id, ended)
  analyzer.answer = () => Promise.reject(new Error('no model'))
  const failed = await bodyOf<{ image_id: string }>(await leave(service.url, await photo()))
  await stateWhen(service.url, failed.image_id, ended)
  analyzer.answer = () => resultOf([rust])
  // A deletion that could be undone: its versions are what must go.
  await service.store.delete(
    (await db.select().from(ingestJobs).where(eq(ingestJobs.imageId, left.image_id)))[0]?.imageKey ?? '',
  )
  t.equal(await stored(), 5 * 3 + 3)

  /** The command, as make runs it. */
  const command = async (variables: Record<string, string>) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../ops/delete-product.ts')], {
      env: { ...process.env, ...env, ENVIRONMENT: 'test', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    return { out, err, code: code as number }
  }

  await t.test('without CONFIRM it counts and deletes nothing', async (t) => {
    const { out, code } = await command({ PRODUCT: KNIFE })
    t.equal(code, 0)
    t.match(
      out,
      /WK-KN-200: 2 analyses, 2 of them with a picture\n {2}1 reviews, 1 explanations, 0 translations\n {2}1 photos .* failed/,
    )
    t.match(out, /Nothing deleted\. To delete: CONFIRM=WK-KN-200/)
    t.match(await command({ PRODUCT: KNIFE, CONFIRM: WOK }), { code: 1, err: /CONFIRM must repeat the product/ })
    t.equal(await stored(), 18)
  })

  await t.test('while a photo of the product waits in the queue, nothing is deleted', async (t) => {
    const set = (status: 'queued' | 'failed') =>
      db.update(ingestJobs).set({ status }).where(eq(ingestJobs.imageId, failed.image_id))
    await set('queued')
    await t.rejects(deleteProduct(db, service.store, base), /1 photos of WK-KN-200 wait in the queue/)
    t.equal(await stored(), 18)
    await set('failed')
  })

  await t.test('older ones only, with BEFORE', async (t) => {
    const before = new Date('2020-01-01T00:00:00Z')
    t.match(await deleteProduct(db, service.store, { ...base, before }), { pictures: 0, rows: 0 })
    t.equal(await stored(), 18)
  })

  await t.test('the pictures go with all versions, the figures stay, other products are untouched', async (t) => {
    const { out, code } = await command({ PRODUCT: KNIFE, CONFIRM: KNIFE, PERSON: 'Operator Lee' })
    t.equal(code, 0)
    t.match(out, /3 pictures erased \(12 objects and versions\), 2 results kept without their picture/)
    t.equal(await stored(), 6, 'the wok, and the knife that a person said is a wok')
    t.equal(await pictureOf(knife), 404)
    t.equal(await pictureOf(corrected), 200)
    t.equal(await pictureOf(wok), 200)
    t.equal(await rowsLeft(), 4)
    t.match(await contentsOf(db, base), { analyses: 2, withPicture: 0, failedJobs: 0, reviews: 1 })
    t.match(await deleteProduct(db, service.store, base), { pictures: 0, objects: 0 }, 'again: nothing is left to do')
  })

  await t.test('it is in the audit log with who and what', async (t) => {
    const rows = await postgres.query<object>(
      "select response_code, calls, caller, person, method, endpoint from audit_log where caller = 'operator' and calls = 2 order by timestamp",
    )
    const common = { calls: 2, caller: 'operator', person: 'Operator Lee', method: 'DELETE' }
    const endpoint = 'make delete-product PRODUCT=WK-KN-200 ROWS=keep'
    t.match(rows.slice(0, 2), [
      { ...common, endpoint, response_code: 202 },
      { ...common, endpoint, response_code: 200 },
    ])
  })

  await t.test('the same photo is analysed anew, not answered by a result without a picture', async (t) => {
    const again = await analyse(KNIFE, sent)
    t.equal(again.duplicate, false)
    t.equal(await pictureOf(again), 200)
  })

  await t.test('with ROWS=delete results, reviews and jobs go too', async (t) => {
    const outcome = await deleteProduct(db, service.store, { ...base, rows: 'delete' })
    t.match(outcome, { rows: 3, pictures: 1, objects: 3 }, 'the other pictures were erased before')
    t.match(await contentsOf(db, base), { analyses: 0, reviews: 0, failedJobs: 0 })
    t.equal(await rowsLeft(), 2)
    t.equal(await stored(), 6)
    for (const { image_id } of [left, failed]) {
      t.equal((await fetch(`${service.url}/api/v1/ingest/${image_id}`)).status, 404)
    }
    t.equal(await pictureOf(wok), 200)
  })
})
