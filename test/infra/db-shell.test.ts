import { execFile } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { temporaryFolder } from './terraform.ts'

const run = promisify(execFile)
const script = join(import.meta.dirname, '..', '..', 'ops', 'db-shell.ts')

/** A stand-in for the AWS CLI that answers as it would and notes what it was called with. */
const cli = (log: string) => `#!${process.execPath}
const args = process.argv.slice(2)
require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(args) + '\\n')
const answers = {
  'list-tasks': { taskArns: ['arn:aws:ecs:us-east-1:1:task/wiko-defect-analyzer-staging/abc'] },
  'describe-tasks': { tasks: [{ taskArn: 'arn:aws:ecs:us-east-1:1:task/c/abc', containers: [{ name: 'wiko-api', runtimeId: 'abc-1' }] }] },
  'describe-db-instances': { DBInstances: [{ Endpoint: { Address: 'db.internal' } }] },
}
console.log(JSON.stringify(answers[args[1]] ?? {}))
`

const start = async (env: NodeJS.ProcessEnv, path: string) =>
  run(process.execPath, [script], { env: { ...env, PATH: `${path}${delimiter}${process.env.PATH}` } }).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  )

t.test('forwards a local port through a task to the database', async (t) => {
  const folder = await temporaryFolder(t)
  const log = join(folder, 'log')
  await writeFile(join(folder, 'aws'), cli(log))
  await chmod(join(folder, 'aws'), 0o755)
  const { stdout } = await start({ ENV: 'staging' }, folder)
  t.match(stdout, /127\.0\.0\.1:15432/)
  const calls = (await readFile(log, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string[])
  const session = calls.at(-1) ?? []
  t.strictSame(session.slice(0, 2), ['ssm', 'start-session'])
  t.ok(session.includes('ecs:wiko-defect-analyzer-staging_abc_abc-1'))
  t.ok(session.includes('{"host":["db.internal"],"portNumber":["5432"],"localPortNumber":["15432"]}'))
})

t.test('is closed in prod, and says what to do', async (t) => {
  const { code, stderr } = (await start({ ENV: 'prod' }, '')) as { code: number; stderr: string }
  t.equal(code, 1)
  t.match(stderr, /^prod allows no way into its tasks: set service\.shell to true/)
  t.match(
    ((await start({ ENV: 'nowhere' }, '')) as { stderr: string }).stderr,
    /^ENV must name an environment: prod, staging\n$/,
  )
})
