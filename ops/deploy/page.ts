import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import { Failure } from '../lib/failures.ts'
import { say } from '../lib/progress.ts'
import { cacheControlOf, hashedFolder, indexFile, type PageFile, pageFiles } from './page-build.ts'
import { keptIndex, outdated, type Release, releases, remember } from './page-releases.ts'
import { openPageStore, type PageStore } from './page-store.ts'
import type { Target } from './target.ts'

/** Concurrent uploads. */
const AT_ONCE = 8
/** Files without a hash in their name may have changed. CloudFront does not cache them, but other proxies may. */
const invalidated = ['/', '/index.html', '/sw.js', '/manifest.webmanifest']
const indexType = 'text/html; charset=utf-8'

/** The tag of the page that is served; undefined before the first one. */
export async function servedPage(target: Target): Promise<string | undefined> {
  const [served] = await releases(openPageStore(target))
  return served?.tag
}

/**
 * Serves a built page: the hashed files first, then the rest, index.html last, so that no page ever requests a missing file.
 * Then one invalidation; then what nobody can still have open is deleted.
 */
export async function servePage(target: Target, tag: string, folder: string): Promise<void> {
  const store = openPageStore(target)
  const files = await pageFiles(folder)
  const there = await store.list()
  const known = new Set(there.map(({ key }) => key))
  const hashed = files.filter(({ key }) => key.startsWith(hashedFolder))
  const others = files.filter(({ key }) => !key.startsWith(hashedFolder) && key !== indexFile)
  const missing = hashed.filter(({ key }) => !known.has(key))
  await uploadAll(store, missing)
  await uploadAll(store, others)
  const index = await readFile(join(folder, indexFile), 'utf8')
  const release = { tag, released: new Date().toISOString(), files: [...hashed, ...others].map(({ key }) => key) }
  await serveIndex(store, index, release)
  say(
    `  uploaded ${missing.length} new hashed files, ${others.length} others and ${indexFile}; ${hashed.length - missing.length} were there`,
  )
  await invalidate(target)

  const old = outdated(await releases(store), there, new Date())
  await store.remove(old)
  if (old.length > 0) say(`  deleted ${old.length} files of pages that were replaced long ago`)
}

/** Serves a page again that was served before. @throws Failure where it is not kept */
export async function servePageAgain(target: Target, tag: string): Promise<void> {
  const store = openPageStore(target)
  const index = await keptIndex(store, tag)
  const release = (await releases(store)).find((one) => one.tag === tag)
  if (!release) throw new Failure(`The page of ${tag} is not kept any more.`)
  await serveIndex(store, index, { ...release, released: new Date().toISOString() })
  await invalidate(target)
}

async function serveIndex(store: PageStore, index: string, release: Release): Promise<void> {
  // Noted before it is served: a page that is served is never one whose files could be deleted.
  await remember(store, release, index)
  await store.put({ key: indexFile, type: indexType, cacheControl: cacheControlOf(indexFile) }, index)
}

async function uploadAll(store: PageStore, files: readonly PageFile[]): Promise<void> {
  const waiting = [...files]
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await store.put(file, await file.read())
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** Makes CloudFront forget what it kept, in one invalidation (the first thousand paths of a month are free). */
async function invalidate({ aws, distribution }: Target): Promise<void> {
  const InvalidationBatch = {
    Paths: { Quantity: invalidated.length, Items: invalidated },
    CallerReference: `wiko-${Date.now()}`,
  }
  const { Invalidation } = await aws.cloudfront.send(
    new CreateInvalidationCommand({ DistributionId: distribution, InvalidationBatch }),
  )
  say(`  invalidation ${Invalidation?.Id ?? ''} of ${invalidated.join(' ')}`)
}
