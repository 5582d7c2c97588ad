/**
 * `make delete-product PRODUCT=WK-KN-200`: counts what a product has; with CONFIRM=<product> erases its pictures, all versions included
 * (ROWS=delete: the results too; BEFORE=2026-01-01: only older ones). For an operator's hands: docs/runbooks/data-retention.md.
 * Exit code: 0 done or counted, 1 failed or refused (one line says why).
 */
import { loadConfig } from '../api/config/config.ts'
import { openDatabase } from '../api/database/database.ts'
import { openImageStore } from '../api/images/open-store.ts'
import { type Contents, contentsOf, type Deletion, deleteProduct } from './retention/product-deletion.ts'

/** What was asked for; throws a line that says what to do. */
export function requestOf(env: NodeJS.ProcessEnv): Deletion & { confirmed: boolean } {
  const { PRODUCT = '', BEFORE = '', CONFIRM = '', PERSON = '' } = env
  const rows = env.ROWS || 'keep' // make exports it empty
  const product = PRODUCT.trim().toUpperCase()
  if (product === '') throw new Error('PRODUCT must name a SKU, such as PRODUCT=WK-KN-200')
  if (rows !== 'keep' && rows !== 'delete') throw new Error('ROWS must be keep (the default) or delete')
  const before = BEFORE === '' ? null : new Date(BEFORE)
  if (before && (!/^\d{4}-\d{2}-\d{2}/.test(BEFORE) || Number.isNaN(before.getTime()))) {
    throw new Error('BEFORE must be a day or a moment, such as BEFORE=2026-01-01 (UTC)')
  }
  if (CONFIRM !== '' && CONFIRM !== product) {
    throw new Error(`Nothing deleted: CONFIRM must repeat the product: CONFIRM=${product}`)
  }
  const confirmed = CONFIRM === product
  if (confirmed && PERSON.trim() === '') throw new Error('PERSON must name who deletes, for the audit log')
  return { product, before, rows, person: PERSON.trim().slice(0, 100), confirmed }
}

const described = (
  product: string,
  { analyses, withPicture, reviews, explanations, translations, failedJobs, openJobs }: Contents,
) =>
  [
    `${product}: ${analyses} analyses, ${withPicture} of them with a picture`,
    `  ${reviews} reviews, ${explanations} explanations, ${translations} translations`,
    `  ${failedJobs} photos of the ingest queue that failed and still have a picture`,
    ...(openJobs > 0 ? [`  ${openJobs} photos wait in the queue: nothing can be deleted until they are done`] : []),
  ].join('\n')

if (import.meta.main) {
  try {
    const { confirmed, ...deletion } = requestOf(process.env)
    const config = loadConfig()
    const log = {
      info: (message: string) => console.error(message),
      error: (detail: object, message: string) => console.error(message, detail),
    }
    const database = await openDatabase({ ...config, migrate: null }, log)
    const store = openImageStore(config)
    try {
      console.log(described(deletion.product, await contentsOf(database.db, deletion)))
      if (confirmed) {
        const { pictures, objects, shared, rows } = await deleteProduct(database.db, store, deletion)
        const what = deletion.rows === 'keep' ? 'results kept without their picture' : 'results deleted'
        console.log(`${pictures} pictures erased (${objects} objects and versions), ${rows} ${what}`)
        if (shared > 0) console.log(`${shared} pictures stay: other results have the same`)
      } else {
        console.log(`Nothing deleted. To delete: CONFIRM=${deletion.product} PERSON="your name"`)
      }
    } finally {
      await store.close()
      await database.close()
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
