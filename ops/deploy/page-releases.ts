import { Failure } from '../lib/failures.ts'
import { hashedFolder, indexFile } from './page-build.ts'
import type { PageStore, Stored } from './page-store.ts'

/**
 * Records of released pages below releases/ in the page's bucket, which CloudFront may not read. Each has its index.html for rollbacks and
 * its list of files, so that files of a page that may still be open are not deleted.
 */
export interface Release {
  readonly tag: string
  /** Release time, ISO 8601. */
  readonly released: string
  /** Keys of its files, without index.html. */
  readonly files: readonly string[]
}

const folder = 'releases/'
const privately = { cacheControl: 'no-store' }
const noteOf = (tag: string) => `${folder}${tag}/release.json`
const indexOf = (tag: string) => `${folder}${tag}/${indexFile}`

/** Days that a replaced page may stay open in a browser. */
export const openForDays = 30
const dayMs = 86_400_000

/** All stored releases, the current one first. */
export async function releases(store: PageStore): Promise<Release[]> {
  const notes = (await store.list(folder)).filter(({ key }) => key.endsWith('/release.json'))
  const read = await Promise.all(
    notes.map(async ({ key }) => {
      const text = await store.read(key)
      return text === undefined ? undefined : (JSON.parse(text) as Release)
    }),
  )
  return read.filter((one) => one !== undefined).toSorted((a, b) => b.released.localeCompare(a.released))
}

/** Records a page as the current one. */
export async function remember(store: PageStore, release: Release, index: string): Promise<void> {
  await store.put({ key: indexOf(release.tag), type: 'text/html; charset=utf-8', ...privately }, index)
  await store.put({ key: noteOf(release.tag), type: 'application/json', ...privately }, JSON.stringify(release))
}

/** The index.html of an earlier release. @throws Failure if it is no longer stored */
export async function keptIndex(store: PageStore, tag: string): Promise<string> {
  const index = await store.read(indexOf(tag))
  if (index === undefined) throw new Failure(`The page of ${tag} is not kept any more.`)
  return index
}

/**
 * What may go: pages that were replaced more than 30 days ago (but the one before the served one stays, to go back to), and hashed
 * files that no kept page is made of and that are older than that themselves, as one may be of an upload that is under way.
 */
export function outdated(all: readonly Release[], stored: readonly Stored[], now: Date): string[] {
  const oldest = now.getTime() - openForDays * dayMs
  // Newest first: each entry was replaced by the one before it.
  const kept = all.filter((_, index) => index < 2 || Date.parse(all[index - 1]?.released ?? '') >= oldest)
  const used = new Set(kept.flatMap(({ files }) => files))
  const files = stored.filter(
    ({ key, modified }) => key.startsWith(hashedFolder) && !used.has(key) && modified.getTime() < oldest,
  )
  const gone = all.filter((release) => !kept.includes(release)).flatMap(({ tag }) => [indexOf(tag), noteOf(tag)])
  return [...files.map(({ key }) => key), ...gone]
}
