import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { installOnce } from '../../fixtures/install-once.ts'

const run = promisify(execFile)
/** The last CDKTF, and the last Node that its command line runs under: its terminal library has no build for Node 24. */
const packages = ['cdktf-cli@0.21.0', 'node@20.20.2']
/** Not in package.json: 570 MB that only one test needs. */
const folder = resolve(import.meta.dirname, '../../.venv/cdktf-cli')
const modules = join(folder, 'node_modules')

/** Installs CDKTF's command line. Returns null, or in plain words why it cannot be had. */
export async function installCdktfCli(): Promise<string | null> {
  const npm = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', '--loglevel=error', ...packages]
  const failure = await installOnce('cdktf-cli', folder, () => run('npm', npm))
  return failure && `cdktf-cli cannot be installed by npm: ${failure}`
}

/** Runs `cdktf` in a folder, as a person would who calls it by npx. @throws with its output where it fails */
export async function cdktf(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const commands = join(modules, '.bin') // npx puts them first, so that `node` is the one installed here
  const PATH = `${commands}:${env.PATH ?? process.env.PATH}`
  const { stdout } = await run(join(commands, 'cdktf'), args, {
    cwd,
    env: { ...process.env, CI: 'true', CHECKPOINT_DISABLE: '1', ...env, PATH }, // no prompts, no telemetry
    maxBuffer: 2 ** 26,
  })
  return stdout
}

// Run by itself: ahead of the tests.
if (import.meta.main) {
  const reason = await installCdktfCli()
  if (reason !== null) process.stderr.write(`${reason}; the tests with it will fail\n`)
}
