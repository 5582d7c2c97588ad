import type { ImageStore, ListedImage } from './store.ts'

export interface SweepOptions {
  store: Pick<ImageStore, 'list' | 'delete'>
  /** Returns the keys that a row or a queued job still refers to. Called with at most 500 keys. */
  hasRow(keys: string[]): Promise<Set<string>>
  now: Date
  /** If false, the sweep only lists. */
  delete: boolean
  /** Set after a restore, when images may be newer than the rows. */
  paused: boolean
}

export interface SweepReport {
  /** Images in the store. */
  listed: number
  /** Of these, old enough to be checked. */
  lookedAt: number
  /** Old images without a row, oldest first. */
  orphans: ListedImage[]
  /** Deleted keys. */
  deleted: string[]
  /** Why nothing may be deleted; null if deletion is allowed. */
  refusal: string | null
}

/** Younger images may belong to an analysis that is still running or queued. */
const MIN_AGE_DAYS = 7
const MAX_SHARE = 0.01
/** Maximum number of orphans that a run collects; more is a fault elsewhere. */
const MAX_ORPHANS = 100_000
const BATCH = 500
const DAY_MS = 86_400_000

async function* batches(images: AsyncIterable<ListedImage>): AsyncGenerator<ListedImage[]> {
  let batch: ListedImage[] = []
  for await (const image of images) {
    batch.push(image)
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

function refusalFor({ orphans, lookedAt }: SweepReport, paused: boolean): string | null {
  if (paused) return 'the sweep is paused (IMAGE_SWEEP_PAUSED)'
  if (orphans.length === 0) return null
  if (orphans.length === lookedAt) return 'no image has a row: the database is empty, or the wrong one'
  if (orphans.length >= MAX_ORPHANS) return `${MAX_ORPHANS} images have no row; the run stopped there`
  const share = orphans.length / lookedAt
  if (share <= MAX_SHARE) return null
  return `${(share * 100).toFixed(1)} % of the images have no row, more than ${MAX_SHARE * 100} %: was the database restored?`
}

/**
 * Finds images without a row and, if asked to, deletes them. Safeguards: only images older than 7 days; nothing if more
 * than 1 % of those, or all, have no row; nothing while paused; and each is checked again just before it is deleted.
 */
export async function sweepImages(options: SweepOptions): Promise<SweepReport> {
  const { store, hasRow, now, paused } = options
  const report: SweepReport = { listed: 0, lookedAt: 0, orphans: [], deleted: [], refusal: null }
  const oldest = now.getTime() - MIN_AGE_DAYS * DAY_MS

  for await (const batch of batches(store.list())) {
    const old = batch.filter(({ lastModified }) => lastModified.getTime() < oldest)
    const known = old.length > 0 ? await hasRow(old.map(({ key }) => key)) : new Set<string>()
    report.listed += batch.length
    report.lookedAt += old.length
    report.orphans.push(...old.filter(({ key }) => !known.has(key)))
    if (report.orphans.length >= MAX_ORPHANS) break
  }
  report.orphans.sort((a, b) => a.lastModified.getTime() - b.lastModified.getTime())
  report.refusal = refusalFor(report, paused)
  if (!options.delete || report.refusal !== null) return report

  for (let start = 0; start < report.orphans.length; start += BATCH) {
    const keys = report.orphans.slice(start, start + BATCH).map(({ key }) => key)
    const known = await hasRow(keys)
    for (const key of keys) {
      if (known.has(key)) continue
      await store.delete(key)
      report.deleted.push(key)
    }
  }
  return report
}

/** Formats the report for a terminal: every orphan, then the counts. */
export function formatSweepReport(report: SweepReport): string {
  const { listed, lookedAt, orphans, deleted, refusal } = report
  const lines = orphans.map(({ key, lastModified, bytes }) => `${lastModified.toISOString()}  ${bytes}  ${key}`)
  const megabytes = orphans.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
  lines.push(
    `${listed} images, ${lookedAt} older than ${MIN_AGE_DAYS} days, ${orphans.length} of these without a row (${megabytes.toFixed(1)} MB)`,
  )
  if (orphans[0]) lines.push(`oldest: ${orphans[0].lastModified.toISOString()}`)
  if (refusal !== null) lines.push(`nothing deleted: ${refusal}`)
  else lines.push(deleted.length > 0 ? `${deleted.length} deleted` : 'nothing deleted')
  return lines.join('\n')
}
