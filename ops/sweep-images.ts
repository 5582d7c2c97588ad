/**
 * Lists stored images that no analysis refers to; with --delete it removes them. For an operator's hands or a weekly
 * schedule. Exit code: 0 done, 1 failed, 2 refused (the last line says why).
 */
import { parseArgs } from 'node:util'
import { loadConfig } from '../api/config/config.ts'
import { openDatabase } from '../api/database/database.ts'
import { keysInUse } from '../api/features/housekeeping/orphan-images.ts'
import { openImageStore } from '../api/images/open-store.ts'
import { formatSweepReport, sweepImages } from '../api/images/sweep.ts'

const { values } = parseArgs({ options: { delete: { type: 'boolean', default: false } } })
const config = loadConfig()
const log = {
  info: (message: string) => console.error(message),
  error: (detail: object, message: string) => console.error(message, detail),
}
const database = await openDatabase({ ...config, migrate: null }, log)
const store = openImageStore(config)
try {
  const report = await sweepImages({
    store,
    hasRow: (keys) => keysInUse(database.db, keys),
    now: new Date(),
    delete: values.delete,
    paused: config.housekeeping.imageSweepPaused,
  })
  console.log(formatSweepReport(report))
  if (values.delete && report.refusal !== null) process.exitCode = 2
} finally {
  await store.close()
  await database.close()
}
