/**
 * Fills the database of `make dev` (or DATABASE_URL) with a plausible quarter of the plant: photos, verdicts, reviews, inspected units.
 * Nothing was measured or photographed: pictures are drawn, verdicts made up. All rows have the caller "demo", by which --remove finds them.
 */
import { parseArgs } from 'node:util'
import { ConfigError, loadConfig } from '../api/config/config.ts'
import { connectionTo, openClient } from '../api/database/connection.ts'
import { startEmbeddedPostgres } from '../api/database/embedded.ts'
import { openImageStore } from '../api/images/open-store.ts'
import { createImagePipeline } from '../api/images/pipeline.ts'
import { migrateDatabase } from '../api/migration.ts'
import { createRandom } from '../fixtures/sample-parts/random.ts'
import { DEMO_CALLER } from './demo-data/photos.ts'
import { makePictures } from './demo-data/pictures.ts'
import { fill, remove } from './demo-data/rows.ts'

const USAGE = `Usage: node scripts/demo-data.ts [--count 100000] [--days 90] [--seed 1] [--until now] [--beside] | --remove
  --count N   photos (100 to 1,000,000)
  --days N    over the last N days (7 to 366)
  --seed N    another seed gives other rows
  --until T   the newest moment, such as 2026-11-20T05:00:00Z (now); the same seed and moment give the same rows
  --beside    also where the database holds other analyses
  --remove    removes what an earlier run has added`
const number = (value: number): string => value.toLocaleString('en')

/** An error that the person can correct; reported without a stack. */
class Refusal extends Error {}

function readOptions() {
  const string = (value: string) => ({ type: 'string', default: value }) as const
  const flag = { type: 'boolean', default: false } as const
  const numbers = { count: string('100000'), days: string('90'), seed: string('1') }
  const options = { ...numbers, until: string(new Date().toISOString()), beside: flag, remove: flag }
  try {
    const { values } = parseArgs({ options })
    const whole = (name: keyof typeof numbers, min: number, max: number): number => {
      const value = Number(values[name])
      if (Number.isInteger(value) && value >= min && value <= max) return value
      throw new Error(`--${name} must be a whole number from ${min} to ${number(max)}`)
    }
    const until = new Date(values.until)
    if (Number.isNaN(until.getTime())) throw new Error('--until must be a moment such as 2026-11-20T05:00:00Z')
    const limits = {
      count: whole('count', 100, 1_000_000),
      days: whole('days', 7, 366),
      seed: whole('seed', 0, 2 ** 31),
    }
    return { ...limits, until, beside: values.beside, remove: values.remove }
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

async function main(): Promise<void> {
  const options = readOptions()
  const environment = process.env.ENVIRONMENT?.trim() || 'development'
  // Before the configuration is read, which in production would report all that is missing.
  if (environment !== 'development' && environment !== 'test')
    throw new Refusal(`ENVIRONMENT is ${environment}: demo data are for development and test only`)
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
  const inTransaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await client.query('begin')
    const result = await work()
    await client.query('commit')
    return result
  }

  if (options.remove) {
    const removed = await inTransaction(() => remove(client))
    for (const key of removed.keys) await store.delete(key)
    await client.query('vacuum analyze analyses')
    const { analyses, keys } = removed
    return console.log(
      analyses ? `${number(analyses)} analyses and ${keys.length} pictures are removed.` : 'There are no demo data.',
    )
  }
  const { rows } = await client.query<{ own: boolean; others: boolean }>(
    'select coalesce(bool_or(caller = $1), false) as own, coalesce(bool_or(caller <> $1), false) as others from analyses',
    [DEMO_CALLER],
  )
  if (rows[0]?.own) throw new Refusal('The demo data are there already; --remove takes them away')
  if (rows[0]?.others && !options.beside)
    throw new Refusal(
      'The database holds analyses of others. --beside adds the demo data to them; --remove removes only these',
    )
  const started = performance.now()
  console.error('Drawing pictures')
  const pipeline = createImagePipeline()
  const { album, keys } = await makePictures(pipeline, store)
  await pipeline.close()
  const given = {
    ...options,
    album,
    random: createRandom(options.seed),
    reviewBelow: config.reviewBelow,
    reviewSample: config.reviewSample,
    products: config.products,
  }
  const progress = (photos: number) => {
    if (photos % 10_000 === 0 || photos === options.count)
      console.error(`Writing rows: ${number(photos)} of ${number(options.count)}`)
  }
  try {
    const filled = await inTransaction(() => fill(client, given, progress))
    for (const key of keys.filter((key) => !filled.pictures.includes(key))) await store.delete(key)
    // As autovacuum does on a table that grew over weeks.
    await client.query('vacuum analyze analyses, photo_tallies, measure_tallies, reviews, inspected_units, daily_usage')
    const seconds = Math.round((performance.now() - started) / 1000)
    const percent = (part: number, of: number, digits: number) => `${((100 * part) / of).toFixed(digits)} %`
    console.log(`${number(filled.photos)} photos of ${number(filled.parts)} parts, ${number(filled.reviews)} reviews, ${filled.pictures.length} pictures, in ${seconds} s.
${percent(filled.defects, filled.photos, 1)} of the photos show a defect, as the lines photograph every suspect and only a sample of the rest;
of the ${number(filled.units)} units inspected, ${number(filled.defective)} were defective: ${percent(filled.defective, filled.units, 3)} (target 0.18 %).`)
  } catch (error) {
    for (const key of keys) await store.delete(key)
    throw error
  }
}

await main().catch((error: unknown) => {
  if (!(error instanceof Refusal || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
})
