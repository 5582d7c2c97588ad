/** The page in a simulated bucket: headers, order, what stays for open pages, and the way back. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ListInvalidationsCommand } from '@aws-sdk/client-cloudfront'
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import t from 'tap'
import { installMoto } from '../../fixtures/moto.ts'
import { servedPage, servePage, servePageAgain } from '../../ops/deploy/page.ts'
import { buildPage, pageFiles } from '../../ops/deploy/page-build.ts'
import { openForDays, outdated } from '../../ops/deploy/page-releases.ts'
import { openPageStore } from '../../ops/deploy/page-store.ts'
import { deliveryAccount } from './aws.ts'

const skip = (await installMoto()) ?? false

/** A folder with the files of a page. */
async function built(t: { teardown(end: () => unknown): void }, names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-page-'))
  t.teardown(() => rm(folder, { recursive: true }))
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), `${name} of ${names.join()}`)
  }
  return folder
}

t.test('a page is served by headers and order of the guide, and can be brought back', { skip }, async (t) => {
  const { target } = await deliveryAccount(t)
  const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true })
  t.teardown(() => s3.destroy())
  const head = async (Key: string) => {
    const { CacheControl, ContentType } = await s3.send(new HeadObjectCommand({ Bucket: target.pageBucket, Key }))
    return `${CacheControl} | ${ContentType}`
  }
  const index = async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: target.pageBucket, Key: 'index.html' }))
    return Body?.transformToString()
  }
  const common = ['favicon.svg', 'sw.js', 'manifest.webmanifest', 'assets/react-1.js']
  const first = await built(t, ['index.html', 'assets/index-a.js', 'assets/index-a.css', ...common])
  const second = await built(t, ['index.html', 'assets/index-b.js', 'assets/index-b.css', ...common])

  t.equal(await servedPage(target), undefined)
  await servePage(target, 'first', first)
  t.strictSame(
    Object.fromEntries(
      await Promise.all(
        ['index.html', 'assets/index-a.js', 'assets/index-a.css', 'sw.js', 'manifest.webmanifest', 'favicon.svg'].map(
          async (key) => [key, await head(key)],
        ),
      ),
    ),
    {
      'index.html': 'no-cache, no-store, must-revalidate | text/html; charset=utf-8',
      'assets/index-a.js': 'public, max-age=31536000, immutable | text/javascript; charset=utf-8',
      'assets/index-a.css': 'public, max-age=31536000, immutable | text/css; charset=utf-8',
      'sw.js': 'no-cache | text/javascript; charset=utf-8',
      'manifest.webmanifest': 'no-cache | application/manifest+json',
      'favicon.svg': 'no-cache | image/svg+xml',
    },
  )
  await servePage(target, 'second', second)
  t.equal(await servedPage(target), 'second')
  t.match(await index(), /index-b\.js/)
  t.equal(await head('assets/index-a.js'), await head('assets/index-b.js'), 'an open page finds its files')
  const { InvalidationList } = await target.aws.cloudfront.send(
    new ListInvalidationsCommand({ DistributionId: target.distribution }),
  )
  t.equal(InvalidationList?.Items?.length, 2, 'one invalidation each')

  await servePageAgain(target, 'first')
  t.match(await index(), /index-a\.js/)
  t.equal(await servedPage(target), 'first')
  await t.rejects(servePageAgain(target, 'third'), { message: 'The page of third is not kept any more.' })

  const keys: string[] = []
  const store = openPageStore(target)
  const asked = (await store.list()).map(({ key }) => key)
  await servePage(target, 'second', second)
  keys.push(...(await store.list()).map(({ key }) => key))
  t.strictSame(keys.sort(), asked.sort(), 'serving a page again adds nothing')
})

t.test('files of a page that may still be open stay', async (t) => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n))
  const release = (tag: string, n: number) => ({
    tag,
    released: day(n).toISOString(),
    files: [`assets/${tag}.js`, 'assets/react.js'],
  })
  const all = [release('d', 100), release('c', 80), release('b', 70), release('a', 10)]
  const stored = [
    'assets/a.js',
    'assets/b.js',
    'assets/c.js',
    'assets/d.js',
    'assets/react.js',
    'assets/lost.js',
    'favicon.svg',
  ]
    .map((key) => ({ key, modified: day(10) }))
    .concat({ key: 'assets/uploading.js', modified: day(100) })
  t.strictSame(
    outdated(all, stored, day(101)),
    ['assets/a.js', 'assets/lost.js', 'releases/a/index.html', 'releases/a/release.json'],
    'b was replaced on day 80, so somebody may have it open until day 110',
  )
  t.strictSame(outdated(all, stored, day(99)), ['assets/lost.js'], 'a was replaced on day 70')
  t.equal(openForDays, 30)
  const [current] = all
  t.strictSame(
    outdated(current ? [current, release('c', 1)] : [], stored, day(500)).filter((key) =>
      /assets\/[cd]|react/.test(key),
    ),
    [],
    'the page before the served one stays whatever its age: it is the way back',
  )
})

t.test('a page that is not right is refused before anything is uploaded', async (t) => {
  await t.rejects(pageFiles(await built(t, ['assets/a.js'])), {
    message: /holds no index\.html: the page was not built\.$/,
  })
  await t.rejects(pageFiles(await built(t, ['index.html', 'a.exe'])), {
    message: /^a\.exe: a file of the page with an unknown ending/,
  })
  await t.rejects(pageFiles('/nowhere'), { message: /holds no index\.html/ })
})

t.test("the page is built with the environment's address of the API, and all its files have a type", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-page-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await buildPage('https://api.of-the-test.example', folder)
  const files = await pageFiles(folder)
  const scripts = await Promise.all(
    files.filter(({ type }) => type.startsWith('text/javascript')).map((file) => file.read()),
  )
  t.ok(scripts.some((script) => script.includes('https://api.of-the-test.example')))
})
