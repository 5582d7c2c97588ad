import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { ImageNotFound } from '../../api/domain/image-error.ts'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { type ListedImage, newImageKey } from '../../api/images/store.ts'
import { formatSweepReport, type SweepOptions, sweepImages } from '../../api/images/sweep.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)

/** A listing of pictures of an age in days, a record of what was deleted, and rows for all but the first `orphans`. */
function scene(ages: number[], orphans: number) {
  const images: ListedImage[] = ages.map((days) => ({
    key: newImageKey(daysAgo(days)),
    lastModified: daysAgo(days),
    bytes: 1000,
  }))
  const rows = new Set(images.slice(orphans).map(({ key }) => key))
  const deleted: string[] = []
  const asked: number[] = []
  const options: SweepOptions = {
    store: {
      async *list() {
        yield* images
      },
      async delete(key) {
        deleted.push(key)
      },
    },
    async hasRow(keys) {
      asked.push(keys.length)
      return new Set(keys.filter((key) => rows.has(key)))
    },
    now: NOW,
    delete: true,
    paused: false,
  }
  return { images, rows, deleted, asked, options }
}

const many = (count: number, days: number): number[] => Array(count).fill(days)

t.test('Lists by default and only deletes when told to', async (t) => {
  const { images, deleted, options } = scene([30, 20, ...many(300, 10)], 2)
  const listing = await sweepImages({ ...options, delete: false })
  t.same(
    listing.orphans.map(({ key }) => key),
    [images[0]?.key, images[1]?.key],
  )
  t.match(listing, { listed: 302, lookedAt: 302, refusal: null, deleted: [] })
  t.same(deleted, [])
  t.match(formatSweepReport(listing), /302 images, 302 older than 7 days, 2 of these without a row.*nothing deleted$/s)

  const sweep = await sweepImages(options)
  t.same(deleted, [images[0]?.key, images[1]?.key])
  t.same(sweep.deleted, deleted)
  t.match(formatSweepReport(sweep), /oldest: 2026-10-23.*2 deleted$/s)
})

t.test('Images of the last seven days are not looked up', async (t) => {
  const { deleted, options, asked } = scene([...many(5, 6.9), ...many(200, 8)], 5)
  const report = await sweepImages(options)
  t.match(report, { listed: 205, lookedAt: 200, orphans: [], refusal: null })
  t.same([deleted, asked], [[], [200]])
})

t.test('Nothing is deleted above one per cent', async (t) => {
  const exact = scene(many(200, 30), 2)
  await sweepImages(exact.options)
  t.equal(exact.deleted.length, 2, '1 % may go')
  const above = scene(many(200, 30), 3)
  const report = await sweepImages(above.options)
  t.match(report.refusal, /1\.5 % of the images have no row/)
  t.equal(report.orphans.length, 3, 'they are still listed')
  t.same(above.deleted, [])
  t.match(formatSweepReport(report), /nothing deleted: 1\.5 %/)
})

t.test('Young images do not dilute the share', async (t) => {
  const { deleted, options } = scene([...many(3, 30), ...many(100, 30), ...many(10_000, 1)], 3)
  t.match((await sweepImages(options)).refusal, /2\.9 %/)
  t.same(deleted, [])
})

t.test('Nothing is deleted if the table is empty', async (t) => {
  const { deleted, options } = scene(many(50, 30), 50)
  t.match((await sweepImages(options)).refusal, /no image has a row: the database is empty/)
  t.same(deleted, [])
})

t.test('Nothing is deleted while paused', async (t) => {
  const { deleted, options } = scene(many(200, 30), 1)
  t.match((await sweepImages({ ...options, paused: true })).refusal, /paused/)
  t.same(deleted, [])
})

t.test('Rows are looked up in batches of 500, and once more before deletion', async (t) => {
  const { images, rows, deleted, asked, options } = scene(many(1200, 30), 2)
  const { hasRow } = options
  const report = await sweepImages({
    ...options,
    async hasRow(keys) {
      const known = await hasRow(keys)
      rows.add(images[0]?.key ?? '')
      return known
    },
  })
  t.same(asked, [500, 500, 200, 2])
  t.same(deleted, [images[1]?.key], 'the row of the first one has come meanwhile')
  t.same(report.deleted, deleted)
})

t.test('An empty store needs no work', async (t) => {
  const { options } = scene([], 0)
  t.match(await sweepImages(options), { listed: 0, lookedAt: 0, refusal: null })
})

t.test('An orphan in a real folder is deleted with all its objects', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'sweep-'))
  t.teardown(() => rm(root, { recursive: true }))
  const store = createFolderStore(root)
  const bytes = Buffer.from('\xff\xd8\xff', 'latin1')
  const set = {
    upright: { jpeg: bytes, width: 1, height: 1 },
    thumbnail: bytes,
    original: bytes,
    originalType: 'image/jpeg' as const,
  }
  const keys: string[] = []
  for (let index = 0; index < 101; index++) keys.push(await store.put(set, daysAgo(30)))
  for (const key of keys) {
    for (const name of ['image.jpg', 'thumbnail.jpg', 'original']) {
      await utimes(join(root, key, '..', name), daysAgo(30), daysAgo(30))
    }
  }
  const [orphan = '', ...known] = keys
  const hasRow = async (asked: string[]) => new Set(asked.filter((key) => known.includes(key)))
  const report = await sweepImages({ store, hasRow, now: NOW, delete: true, paused: false })
  t.same(report.deleted, [orphan])
  await t.rejects(store.get(orphan, 'original'), ImageNotFound)
  let left = 0
  for await (const _ of store.list()) left++
  t.equal(left, 100)
})
