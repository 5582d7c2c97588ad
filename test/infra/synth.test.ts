import { execFile } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { stackNames } from '../../stacks/stacks.ts'
import { hashes } from './folders.ts'
import { temporaryFolder } from './terraform.ts'

const run = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')

/** `node stacks/synth.ts` as a user runs it. Issue 4 asks for a synth in under 10 seconds, so it is stopped there. */
const synth = (...args: string[]) =>
  run(process.execPath, ['stacks/synth.ts', ...args], { cwd: repository, timeout: 10_000 })

t.test('all stacks and modules are the same bytes each time', async (t) => {
  const folder = await temporaryFolder(t)
  await synth(...stackNames, 'modules', '--out', join(folder, 'first'))
  await synth(...stackNames, 'modules', '--out', join(folder, 'second'))
  const [first, second] = [await hashes(join(folder, 'first')), await hashes(join(folder, 'second'))]
  t.ok(first.has('stacks/prod/cdk.tf.json'), 'prod is there')
  const manifest = JSON.parse(await readFile(join(folder, 'first', 'manifest.json'), 'utf8')) as {
    stacks: { prod: { annotations: { level: string; message: string }[] } }
  }
  t.match(manifest.stacks.prod.annotations, [{ level: '@cdktf/warn', message: /is a placeholder/ }, {}])
  t.ok(first.has('modules/network/main.tf.json'), 'the network module is there')
  t.strictSame([...second], [...first])
})

t.test('a stack folder holds the modules that it calls, and nothing of this machine', async (t) => {
  const folder = await temporaryFolder(t)
  await synth('prod', '--out', folder)
  const root = join(folder, 'stacks', 'prod')
  const text = await readFile(join(root, 'cdk.tf.json'), 'utf8')
  const { module } = JSON.parse(text) as { module: Record<string, { source: string }> }
  for (const { source } of Object.values(module)) {
    t.match(source, /^\.\/modules\/[a-z_-]+$/)
    await t.resolves(access(join(root, source, 'main.tf.json')))
  }
  t.notOk(text.includes(repository), 'no path of this machine')
  t.equal(text.match(/"\/\/"/g)?.length, 1, 'metadata of CDKTF at the root only')
})

t.test('wrong settings stop the synth, with every fault on a line of its own', async (t) => {
  const wrong = ['--set', 'service.maxTasks=1', '--set', 'protection=false', '--set', 'no.such=1']
  const failed = (await synth('prod', ...wrong).catch((error: unknown) => error)) as { code: number; stderr: string }
  t.equal(failed.code, 1)
  for (const setting of ['service.minTasks', 'protection', 'no.such'])
    t.match(failed.stderr, new RegExp(`^  ${setting}: `, 'm'))
})

t.test('an unknown stack and an unknown option are one readable line', async (t) => {
  for (const args of [['nowhere'], ['prod', '--bad']]) {
    const failed = (await synth(...args).catch((error: unknown) => error)) as { code: number; stderr: string }
    t.equal(failed.code, 1)
    t.notMatch(failed.stderr, /\n\s+at /, 'no stack trace')
  }
})
