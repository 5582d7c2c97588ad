import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from '../../fixtures/folder.ts'
import { texts } from '../aws/call.ts'
import { Failure } from '../lib/failures.ts'
import { say, secondsSince, waitFor } from '../lib/progress.ts'
import { available, drillPlace, instanceTexts, patience } from './account.ts'
import { restoreCopy, rowCounts } from './database-copy.ts'
import type { Drill } from './drill.ts'
import { twoTasks } from './two-tasks.ts'

/** Guide, "Backup Restore Test". */
export const restore: Drill = {
  title: 'The newest backup is restored',
  expectation:
    'A second instance comes up from the newest backup beside the running one, holds every row of every table, encrypted and configured alike, and is gone at the end. The running one is not touched.',
  async local(stage) {
    const tasks = await twoTasks(stage)
    for (let count = 0; count < (stage.small ? 3 : 20); count++) await tasks.post()
    const before = await rowCounts(tasks.postgres.url)
    const folder = testFolder()
    stage.teardown(() => folder.remove())
    const start = performance.now()
    const copy = await restoreCopy(tasks.postgres.url, join(folder.path, 'copy'))
    stage.teardown(() => copy.remove())
    stage.check('the copy answers', 'within 60 s', `${secondsSince(start)} s`, secondsSince(start) < 60)
    const counts = await rowCounts(copy.url)
    const later = await rowCounts(tasks.postgres.url)
    const tables = Object.keys(before)
    // The running one goes on meanwhile: its audit log is written a moment after the answers.
    const fits = (table: string) => {
      const count = counts[table] ?? -1
      return count >= (before[table] ?? 0) && count <= (later[table] ?? 0)
    }
    const differing = tables.filter((table) => !fits(table))
    stage.check(
      'tables with fewer rows than before the backup, or more than after it',
      `0 of ${tables.length}`,
      differing.join(', ') || '0',
      differing.length === 0 && tables.length > 5,
    )
    stage.check('rows of analyses', 'over 0', counts['public.analyses'] ?? 0, (counts['public.analyses'] ?? 0) > 0)
    // What comes after the backup must be in the running one only: they are two.
    await tasks.post()
    const after = await rowCounts(tasks.postgres.url)
    stage.check(
      'a later upload',
      'in the running one only',
      `${after['public.analyses']} and ${(await rowCounts(copy.url))['public.analyses']}`,
      after['public.analyses'] === (counts['public.analyses'] ?? 0) + 1,
    )
    await copy.remove()
    stage.check('files of the copy', 'gone', existsSync(copy.folder) ? 'there' : 'gone', !existsSync(copy.folder))
  },
  async account(stage) {
    const place = drillPlace(stage.env)
    const { aws, database } = place
    const original = await instanceTexts(place, database)
    if (!original) throw new Failure(`There is no instance ${database}.`)
    const snapshots = await aws.query('rds', 'DescribeDBSnapshots', { DBInstanceIdentifier: database })
    const newest = [...snapshots.matchAll(/<DBSnapshot>[\s\S]*?<\/DBSnapshot>/g)]
      .map(([one]) => ({
        id: texts(one, 'DBSnapshotIdentifier')[0] ?? '',
        at: texts(one, 'SnapshotCreateTime')[0] ?? '',
        status: texts(one, 'Status')[0],
      }))
      .filter(({ status }) => status === 'available')
      .toSorted((a, b) => b.at.localeCompare(a.at))[0]
    if (!newest) throw new Failure(`${database} has no snapshot yet.`)
    const hours = (Date.now() - Date.parse(newest.at)) / 3_600_000
    stage.check('age of the newest snapshot', 'under 25 hours', `${hours.toFixed(1)} h (${newest.id})`, hours < 25)

    const copy = `${database}-drill-${Date.now().toString(36)}`
    const groups = [
      ...new Set(
        texts(await aws.query('rds', 'DescribeDBInstances', { DBInstanceIdentifier: database }), 'VpcSecurityGroupId'),
      ),
    ]
    const start = performance.now()
    await aws.query('rds', 'RestoreDBInstanceFromDBSnapshot', {
      DBInstanceIdentifier: copy,
      DBSnapshotIdentifier: newest.id,
      DBSubnetGroupName: original('DBSubnetGroupName'),
      DBInstanceClass: original('DBInstanceClass'),
      PubliclyAccessible: 'false',
      MultiAZ: 'false',
      DeletionProtection: 'false',
      EnableIAMDatabaseAuthentication: 'true',
      ...Object.fromEntries(
        groups.map((group, index) => [`VpcSecurityGroupIds.VpcSecurityGroupId.${index + 1}`, group]),
      ),
    })
    say(`  ${copy} is being restored from ${newest.id}`)
    let removed = false
    const remove = async () => {
      if (removed) return
      removed = true
      await aws.query('rds', 'DeleteDBInstance', {
        DBInstanceIdentifier: copy,
        SkipFinalSnapshot: 'true',
        DeleteAutomatedBackups: 'true',
      })
    }
    stage.teardown(remove) // however the drill ends, no copy stays and costs
    const found = await available(place, copy, stage.env, 60)
    stage.check('the copy is available', 'within 60 minutes', `${secondsSince(start)} s`, true)
    for (const name of ['Engine', 'AllocatedStorage', 'StorageEncrypted', 'KmsKeyId', 'DBName', 'PubliclyAccessible']) {
      stage.check(name, original(name), found(name), found(name) === original(name))
    }
    await compareRows(stage.env, stage.check)
    await remove()
    const gone = await waitFor(patience(stage.env, 30), async () =>
      (await instanceTexts(place, copy)) ? `${copy} is being deleted` : {},
    )
    stage.check('the copy', 'gone within 30 minutes', gone ? 'gone' : 'still there', Boolean(gone))
  },
}

/**
 * Row counts of both, where somebody has opened a way to them: the pipeline's role may neither open a session nor read a password, so
 * there the counts are not compared, and the report says so by their absence.
 */
async function compareRows(
  { ORIGINAL_URL, COPY_URL }: NodeJS.ProcessEnv,
  check: (what: string, expected: string, found: string, ok: boolean) => void,
): Promise<void> {
  if (!ORIGINAL_URL || !COPY_URL)
    return say('  rows are not compared: ORIGINAL_URL and COPY_URL are not set (docs/drills)')
  const [original, copy] = await Promise.all([rowCounts(ORIGINAL_URL), rowCounts(COPY_URL)])
  // The running one has gone on since the snapshot.
  const short = Object.entries(copy).filter(
    ([table, count]) => count > (original[table] ?? 0) || (count === 0 && (original[table] ?? 0) > 0),
  )
  check('tables whose rows do not fit', 'none', short.map(([table]) => table).join(', ') || 'none', short.length === 0)
}
