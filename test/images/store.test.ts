import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CopyObjectCommand, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { ImageArchived, ImageNotFound } from '../../api/domain/image-error.ts'
import { createFolderStore } from '../../api/images/folder-store.ts'
import { createS3Store } from '../../api/images/s3-store.ts'
import {
  IMAGE_VARIANTS,
  type ImageStore,
  imageKeyOf,
  type ListedImage,
  newImageKey,
  variantKey,
} from '../../api/images/store.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'

const NOW = new Date('2026-03-04T23:59:00Z')
/** PNG by its first bytes, as the folder tells the type by them. */
const PNG = Buffer.from('\x89PNG\r\n\x1a\nevidence', 'latin1')
const SET = {
  upright: { jpeg: Buffer.from('\xff\xd8\xffupright', 'latin1'), width: 8, height: 6 },
  thumbnail: Buffer.from('\xff\xd8\xffsmall', 'latin1'),
  original: PNG,
  originalType: 'image/png' as const,
}

async function listed(store: ImageStore): Promise<ListedImage[]> {
  const images: ListedImage[] = []
  for await (const image of store.list()) images.push(image)
  return images
}

/** What every store must do. */
async function behaviour(t: Test, store: ImageStore): Promise<void> {
  await store.check()
  t.same(await listed(store), [], 'empty at first')

  const key = await store.put(SET, NOW)
  t.match(key, /^analyses\/2026\/03\/04\/[0-9a-f-]{36}\/image\.jpg$/)
  const expected = {
    image: [SET.upright.jpeg, 'image/jpeg'],
    thumbnail: [SET.thumbnail, 'image/jpeg'],
    original: [PNG, 'image/png'],
  } as const
  for (const variant of IMAGE_VARIANTS) {
    const { body, contentLength, contentType } = await store.get(key, variant)
    const [bytes, type] = expected[variant]
    t.same(await buffer(body), bytes, variant)
    t.same([contentLength, contentType], [bytes.length, type], variant)
  }

  const other = await store.put(SET, new Date('2026-03-05T00:00:00Z'))
  t.not(other, key)
  const list = await listed(store)
  t.same(
    list.map((image) => image.key),
    [key, other],
    'one entry a picture, in the order of the keys',
  )
  t.equal(list[0]?.bytes, SET.upright.jpeg.length + SET.thumbnail.length + PNG.length)
  t.ok(Math.abs(Date.now() - (list[0]?.lastModified.getTime() ?? 0)) < 60_000)

  await store.delete(key)
  await store.delete(key)
  for (const variant of IMAGE_VARIANTS) await t.rejects(store.get(key, variant), ImageNotFound, variant)
  t.same(
    (await listed(store)).map((image) => image.key),
    [other],
  )

  const third = await store.put(SET, NOW)
  t.equal(await store.erase(third), IMAGE_VARIANTS.length)
  t.equal(await store.erase(third), 0, 'nothing is left of it')
  await t.rejects(store.get(third, 'original'), ImageNotFound)

  await t.rejects(store.get(newImageKey(NOW), 'image'), ImageNotFound)
  for (const bad of BAD_KEYS) {
    await t.rejects(store.get(bad, 'original'), ImageNotFound, JSON.stringify(bad))
    await t.rejects(store.delete(bad), ImageNotFound, JSON.stringify(bad))
    await t.rejects(store.erase(bad), ImageNotFound, JSON.stringify(bad))
  }
  t.equal((await listed(store)).length, 1)
}

const UUID = '0b6f6f4e-5f0b-4c3f-9a51-2f4f7f6d7a11'
const BAD_KEYS = [
  '',
  'image.jpg',
  '../../etc/passwd',
  `analyses/2026/03/04/../${UUID}/image.jpg`,
  `analyses/2026/03/04/${UUID}/../../image.jpg`,
  `analyses/2026/03/04/${UUID}/thumbnail.jpg`,
  `analyses/2026/03/04/${UUID}/image.jpg\n`,
  `analyses/2026/03/04/${UUID}/image.jpg\0`,
  `/analyses/2026/03/04/${UUID}/image.jpg`,
  `analyses\\2026\\03\\04\\${UUID}\\image.jpg`,
  `analyses/2026/03/04/${UUID.toUpperCase()}/image.jpg`,
]

t.test('Keys are created, derived and recognised by one pattern', async (t) => {
  const key = newImageKey(NOW)
  t.equal(variantKey(key, 'image'), key)
  t.equal(variantKey(key, 'thumbnail'), key.replace('image.jpg', 'thumbnail.jpg'))
  t.equal(variantKey(key, 'original'), key.replace('image.jpg', 'original'))
  for (const variant of IMAGE_VARIANTS) t.equal(imageKeyOf(variantKey(key, variant)), key)
  t.equal(imageKeyOf(key.replace('image.jpg', 'other.jpg')), null)
  t.equal(imageKeyOf(`backup/${key}`), null)
  for (const bad of BAD_KEYS) t.throws(() => variantKey(bad, 'image'), ImageNotFound, JSON.stringify(bad))
})

t.test('Folder store', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'images-'))
  t.teardown(() => rm(root, { recursive: true }))
  const store = createFolderStore(join(root, 'made/when/needed'))
  await behaviour(t, store)

  const key = await store.put(SET, NOW)
  const path = join(root, 'made/when/needed', key)
  t.same(
    (await readdir(join(path, '..'))).sort(),
    ['image.jpg', 'original', 'thumbnail.jpg'],
    'no temporary file is left',
  )
  await rm(path)
  t.ok(
    (await listed(store)).some((image) => image.key === key),
    'a set that was cut short is listed',
  )
  await t.rejects(store.get(key, 'image'), ImageNotFound)
  await store.close()

  await writeFile(join(root, 'file'), '')
  await t.rejects(createFolderStore(join(root, 'file')).check(), 'a file is no folder')
})

const skip = (await installMoto()) ?? false

t.test('S3 store', { skip }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  process.env.AWS_ENDPOINT_URL = moto.url
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  const region = 'us-east-1'
  const admin = new S3Client({ region, forcePathStyle: true })
  t.teardown(() => admin.destroy())
  const bucket = `images-${randomUUID()}`
  await admin.send(new CreateBucketCommand({ Bucket: bucket }))

  const store = createS3Store({ bucket, region })
  t.teardown(() => store.close())
  await behaviour(t, store)

  await t.test('an archived image is distinguished from a missing one', async (t) => {
    const key = await store.put(SET, NOW)
    const source = `${bucket}/${key}`
    await admin.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: source, StorageClass: 'GLACIER' }))
    await t.rejects(store.get(key, 'image'), ImageArchived)
    t.same(await buffer((await store.get(key, 'thumbnail')).body), SET.thumbnail)
  })

  await t.test('a listing of several pages is complete', async (t) => {
    const many = `images-${randomUUID()}`
    await admin.send(new CreateBucketCommand({ Bucket: many }))
    const full = createS3Store({ bucket: many, region })
    const keys: string[] = []
    for (let round = 0; round < 17; round++) {
      keys.push(...(await Promise.all(Array.from({ length: 20 }, () => full.put(SET, NOW)))))
    }
    t.same(
      (await listed(full)).map(({ key }) => key),
      keys.sort(),
      '340 pictures are 1,020 objects',
    )
    await full.close()
  })

  await t.test('a missing bucket and an S3 that hangs or is down fail the check in bounded time', async (t) => {
    const missing = createS3Store({ bucket: 'not-there', region })
    await t.rejects(missing.check())
    await missing.close()
    moto.process.kill('SIGSTOP')
    const started = Date.now()
    await t.rejects(store.check(), 'hangs')
    t.ok(Date.now() - started < 25_000, 'three attempts of at most 5 s, and pauses')
    moto.process.kill('SIGCONT')
    await store.check()
    t.pass('and it recovers')
  })
})
