/** Image and tag: what is refused before anything is built, and what stops it after. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { installMoto } from '../../fixtures/moto.ts'
import { commitToDeploy } from '../../ops/deploy/commit.ts'
import { publish } from '../../ops/deploy/publish.ts'
import { newestTags } from '../../ops/deploy/registry.ts'
import { requireTag } from '../../ops/deploy/rollback.ts'
import { scan } from '../../ops/deploy/scan.ts'
import { deliveryAccount } from './aws.ts'

t.setTimeout(120_000)
const run = promisify(execFile)
const skip = (await installMoto()) ?? false
const repository = join(import.meta.dirname, '../..')

async function folderOf(t: { teardown(end: () => unknown): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wiko-delivery-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return folder
}

t.test('only a commit is deployed, under its own tag', async (t) => {
  const folder = await folderOf(t)
  const git = (...args: string[]) => run('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args])
  await t.rejects(commitToDeploy({}, folder), { message: /^git: fatal: not a git repository/ })
  await git('init', '-q')
  await writeFile(join(folder, 'a'), '1')
  await git('add', '.')
  await git('commit', '-qm', 'one')
  const { id, tag } = await commitToDeploy({}, folder)
  t.equal(tag, id.slice(0, 12))
  t.strictSame(await commitToDeploy({ IMAGE_TAG: id }, folder), { id, tag: id })
  await t.rejects(commitToDeploy({ IMAGE_TAG: 'latest' }, folder), {
    message: /^IMAGE_TAG: latest names another image/,
  })
  await t.rejects(commitToDeploy({ IMAGE_TAG: id.slice(0, 4) }, folder), {
    message: /is not the commit that is checked out/,
  })
  await writeFile(join(folder, 'a'), '2')
  await writeFile(join(folder, 'b'), '2')
  await t.rejects(commitToDeploy({}, folder), { message: /^a and 1 more differ from the commit .*: commit them/ })
})

t.test('images of a simulated registry', { skip }, async (t) => {
  const account = await deliveryAccount(t)
  const { target } = account
  const hurried = { every: 10, most: 100 }
  const commit = { id: '0123456789abcdef0123456789abcdef01234567', tag: '0123456789ab' }
  // In the place of Docker: notes how it was called, and whether the password came by standard input.
  const folder = await folderOf(t)
  const calls = join(folder, 'calls')
  await writeFile(
    join(folder, 'docker'),
    `#!/bin/sh\necho "$@ stdin=$(head -c 4)" >> ${calls}\necho 'no space left on device' >&2\nexit $(cat ${folder}/code)\n`,
  )
  await chmod(join(folder, 'docker'), 0o755)
  const path = process.env.PATH
  process.env.PATH = `${folder}${delimiter}${path}`
  t.teardown(() => {
    process.env.PATH = path
  })

  await t.test('a build that fails is one line', async (t) => {
    await writeFile(join(folder, 'code'), '1')
    await t.rejects(publish(target, commit), { message: /^docker login --username failed: no space left on device$/ })
  })
  await t.test('a new tag is built, labelled with its commit and pushed', async (t) => {
    await writeFile(join(folder, 'code'), '0')
    await writeFile(calls, '')
    // The push itself is the simulation's limit: the image appears when Docker was called.
    await t.rejects(publish(target, commit), { code: 'ImageNotFoundException' })
    const [login = '', build = ''] = (await readFile(calls, 'utf8')).trim().split('\n')
    t.match(login, /^login --username AWS --password-stdin \S+\.dkr\.ecr\.us-east-1\.amazonaws\.com stdin=.{4}$/)
    t.match(
      build,
      /^buildx build --platform linux\/amd64 --label org\.opencontainers\.image\.revision=0123456789abcdef\S+ --provenance=false .*--tag \S+\/wiko-defect-analyzer:0123456789ab --push \. stdin=$/,
    )
  })
  await t.test('a tag that is there is taken from the same commit, and refused from another', async (t) => {
    await writeFile(calls, '')
    await account.putImage(commit.tag, commit.id)
    account.setFindings({ findingSeverityCounts: { HIGH: 2 } })
    await publish(target, commit)
    t.equal(await readFile(calls, 'utf8'), '', 'nothing was built again')
    account.revisions.set(commit.tag, 'fedcba')
    await t.rejects(publish(target, commit), {
      message:
        /^wiko-defect-analyzer:0123456789ab is there already and was built from fedcba, not from 0123456789abcdef\S+: a tag never moves\.$/,
    })
  })
  await t.test(
    'a critical finding stops it and is named, unless it is accepted and its day has not passed',
    async (t) => {
      const findings = [
        {
          name: 'CVE-2026-1',
          severity: 'CRITICAL',
          attributes: [
            { key: 'package_name', value: 'zlib' },
            { key: 'package_version', value: '1.2' },
          ],
        },
        { name: 'CVE-2026-2', severity: 'HIGH' },
      ]
      account.setFindings({ findingSeverityCounts: { CRITICAL: 1, HIGH: 1 }, findings })
      await t.rejects(scan(target, commit.tag, hurried), {
        message: 'The image 0123456789ab is not deployed: 1 critical finding(s): CVE-2026-1 in zlib 1.2.',
      })
      const entry = { name: 'CVE-2026-1', package: 'zlib', reason: 'Nothing here calls it', expires: '9999-12-31' }
      await scan(target, commit.tag, hurried, [entry])
      for (const other of [
        { ...entry, package: 'openssl' },
        { ...entry, name: 'CVE-2026-2' },
      ])
        await t.rejects(scan(target, commit.tag, hurried, [other]), { message: /1 critical finding\(s\): CVE-2026-1/ })
      account.setFindings({ findingSeverityCounts: { CRITICAL: 2 }, findings })
      await t.rejects(
        scan(target, commit.tag, hurried, [entry]),
        { message: /1 critical finding/ },
        'one was not listed',
      )
      account.setFindings({ findingSeverityCounts: {} })
      await t.rejects(scan(target, commit.tag, hurried, [{ ...entry, expires: '2026-01-31' }]), {
        message: /^Accepted findings have expired: CVE-2026-1 in zlib \(until 2026-01-31\)\. /,
      })
      account.setFindings({}, 'UNSUPPORTED_IMAGE')
      await t.rejects(scan(target, commit.tag, hurried), {
        message: 'The image 0123456789ab could not be scanned: UNSUPPORTED_IMAGE as the test has it',
      })
      account.setFindings({}, 'IN_PROGRESS')
      await t.rejects(scan(target, commit.tag, hurried), { message: /was not scanned within/ })
    },
  )
  await t.test('a rollback goes only where there is an image', async (t) => {
    t.strictSame(await newestTags(target), [commit.tag])
    await requireTag(target, commit.tag)
    await t.rejects(requireTag(target, 'gone'), {
      message: 'TAG: gone is not in wiko-defect-analyzer; there are 0123456789ab (the newest first).',
    })
    await t.rejects(requireTag(target, ''), { message: /^TAG: none given is not in/ })
  })
})

t.test('the commands refuse in one line', async (t) => {
  const refused: readonly (readonly [string, NodeJS.ProcessEnv, RegExp])[] = [
    ['fly', {}, /^Usage: /],
    ['publish', {}, /^ENV must name an environment: prod, staging\n$/],
    ['publish', { ENV: 'account' }, /^ENV must name an environment/],
    ['rollback', { ENV: 'staging', SET: 'service.minTasks=many' }, /^service\.minTasks: must be a number/],
  ]
  await Promise.all(
    refused.map(async ([name, env, line]) => {
      const settings = { cwd: repository, env: { ...process.env, ENV: '', SET: '', IMAGE_TAG: '', ...env } }
      const command = run(process.execPath, ['--disable-warning=DEP0044', 'ops/deploy.ts', name], settings)
      await t.rejects(command, { code: 1, stderr: line })
    }),
  )
})
