/**
 * Fills the database of `make dev` (or DATABASE_URL) with a plausible quarter of the plant: photos, verdicts, reviews, inspected units.
 * Nothing of it was measured or photographed: the pictures are drawn and the verdicts made up. All of it carries the caller "demo", by
 * which --remove takes it away again.
 */
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { ConfigError, loadConfig } from '../api/config.ts'
import { connectionTo, openClient } from '../api/database/connection.ts'
import { migrateDatabase } from '../api/database/database.ts'
import { startEmbeddedPostgres } from '../api/database/embedded.ts'
import { openImageStore } from '../api/images/open-store.ts'
import { createImagePipeline } from '../api/images/pipeline.ts'
import type { ImageStore } from '../api/images/store.ts'
import { fill } from './demo-data/fill.ts'
import { DEMO_CALLER } from './demo-data/photos.ts'
import { makePictures } from './demo-data/pictures.ts'
import { remove } from './demo-data/remove.ts'

const USAGE = `Usage: node scripts/demo-data.ts [--count 100000] [--days 90] [--seed 1] [--until now] [--beside] | --remove
  --count N   photos (100 to 1,000,000)
  --days N    over the last N days (7 to 366)
  --seed N    another seed, other rows
  --until T   the newest moment, such as 2026-11-20T05:00:00Z (now); the same seed and moment, the same rows
  --beside    also where the database holds analyses of others
  --remove    take away what an earlier run has made`

/** What the person can mend; said without a stack. */
class Refusal extends Error {}

function numberFrom(text: string, name: string, min: number, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Refusal(`--${name} must be a whole number from ${min} to ${max.toLocaleString('en')}\n${USAGE}`)
}

function momentFrom(text: string): Date {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime()))
    throw new Refusal(`--until must be a moment such as 2026-11-20T05:00:00Z\n${USAGE}`)
  return moment
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        count: { type: 'string', default: '100000' },
        days: { type: 'string', default: '90' },
        seed: { type: 'string', default: '1' },
        until: { type: 'string', default: new Date().toISOString() },
        beside: { type: 'boolean', default: false },
        remove: { type: 'boolean', default: false },
      },
    })
    return {
      count: numberFrom(values.count, 'count', 100, 1_000_000),
      days: numberFrom(values.days, 'days', 7, 366),
      seed: numberFrom(values.seed, 'seed', 0, 2 ** 31),
      until: momentFrom(values.until),
      beside: values.beside,
      remove: values.remove,
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

/** One line that is written over on a terminal, and now and then a line of its own elsewhere. */
function progressLine() {
  let said = performance.now()
  return (text: string, last = false) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(60)}${last ? '\n' : ''}`)
    else if (last || performance.now() - said > 5000) {
      said = performance.now()
      process.stderr.write(`${text}\n`)
    }
  }
}

const number = (value: number): string => value.toLocaleString('en')
const percent = (part: number, of: number, digits: number): string => `${((100 * part) / of).toFixed(digits)} %`

async function refuseOccupied(client: pg.ClientBase, beside: boolean): Promise<void> {
  const { rows } = await client.query<{ demo: boolean; others: boolean }>(
    `select exists (select from analyses where caller = $1) as demo,
       exists (select from analyses where caller <> $1) as others`,
    [DEMO_CALLER],
  )
  if (rows[0]?.demo) throw new Refusal('The demo data are there already; --remove takes them away')
  if (rows[0]?.others && !beside) {
    throw new Refusal(
      'The database holds analyses of others. --beside adds the demo data to them; --remove takes only these away again',
    )
  }
}

/** All or nothing: a run that is broken off leaves no row. */
async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

type Options = ReturnType<typeof readOptions>
type Parts = { client: pg.Client; store: ImageStore; config: ReturnType<typeof loadConfig> }

async function add({ client, store, config }: Parts, options: Options): Promise<void> {
  await refuseOccupied(client, options.beside)
  const started = performance.now()
  const say = progressLine()
  const pipeline = createImagePipeline()
  const { album, keys } = await makePictures({ pipeline, store }, (done, of) =>
    say(`Drawing pictures: ${done} of ${of}`, done === of),
  )
  await pipeline.close()
  try {
    const { reviewBelow, reviewSample, products } = config
    const filled = await inTransaction(client, () =>
      fill(client, album, { ...options, reviewBelow, reviewSample, products }, (photos) =>
        say(`Writing rows: ${number(photos)} of ${number(options.count)}`, photos === options.count),
      ),
    )
    const unused = keys.filter((key) => !filled.pictures.has(key))
    for (const key of unused) await store.delete(key)
    // As autovacuum would have done by itself on a table that grew over weeks.
    await client.query('vacuum analyze analyses, photo_tallies, measure_tallies, reviews, inspected_units, daily_usage')
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    console.log(`${number(filled.photos)} photos of ${number(filled.parts)} parts, ${number(filled.reviews)} reviews, ${filled.pictures.size} pictures, in ${seconds} s.
${percent(filled.defects, filled.photos, 1)} of the photos show a defect, as the lines photograph every suspect and only a sample of the rest;
of the ${number(filled.units)} units inspected, ${number(filled.defectiveParts)} were defective: ${percent(filled.defectiveParts, filled.units, 3)} (target 0.18 %).`)
  } catch (error) {
    for (const key of keys) await store.delete(key)
    throw error
  }
}

async function takeAway({ client, store }: Parts): Promise<void> {
  const { analyses, keys } = await inTransaction(client, () => remove(client))
  for (const key of keys) await store.delete(key)
  await client.query('vacuum analyze analyses')
  console.log(
    analyses > 0 ? `${number(analyses)} analyses and ${keys.length} pictures are removed.` : 'There are no demo data.',
  )
}

async function main(): Promise<void> {
  const options = readOptions()
  const environment = process.env.ENVIRONMENT?.trim() || 'development'
  // Before the configuration, which would ask production for all that is missing.
  if (environment !== 'development' && environment !== 'test') {
    throw new Refusal(`ENVIRONMENT is ${environment}: demo data are for development and test only`)
  }
  const config = loadConfig()
  await using cleanUp = new AsyncDisposableStack()
  let url = config.databaseUrl
  if (url === null) {
    const embedded = await startEmbeddedPostgres(config.dataDir, { shared: true }).catch((error: Error) => {
      throw new Refusal(error.message)
    })
    cleanUp.defer(() => embedded.stop())
    url = embedded.url
  }
  const connection = connectionTo(url, { iam: config.databaseIam, region: config.awsRegion })
  await migrateDatabase(connection)
  const client = await openClient(connection)
  cleanUp.defer(() => client.end())
  const store = openImageStore(config)
  cleanUp.defer(() => store.close())
  const parts = { client, store, config }
  await (options.remove ? takeAway(parts) : add(parts, options))
}

await main().catch((error: unknown) => {
  if (!(error instanceof Refusal || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
