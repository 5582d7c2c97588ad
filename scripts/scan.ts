/**
 * `make scan URL=http://127.0.0.1:5001`: the ZAP baseline scan (passive rules only) of a running service, in a container, and npm's
 * audit of the production packages. The report is written to .data/zap.
 *
 * Variables: URL; ALLOW_HOST (required for a host other than this machine); CHECKLIST_API_KEY (scans with this key). Arguments are
 * passed to zap-baseline.py, such as -I to accept warnings. Exit code: 0 nothing found, 1 findings, 2 the scan could not run.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { allowedTarget } from '../ops/lib/allowed-target.ts'
import { Failure } from '../ops/lib/failures.ts'

const IMAGE = 'ghcr.io/zaproxy/zaproxy:stable'
/** Exit code of zap-baseline.py where the scan itself failed; 1 and 2 are findings. */
const ZAP_FAILED = 3
const root = resolve(import.meta.dirname, '..')
const reports = resolve(root, '.data/zap')

function requireDocker(): void {
  const { status } = spawnSync('docker', ['version'], { stdio: 'ignore' })
  if (status !== 0)
    throw new Failure(
      `make scan needs a running Docker engine for ${IMAGE}; without one, run npm audit --omit=dev alone`,
    )
}

/** Exit code of zap-baseline.py. */
function zapBaseline(origin: string, key: string | undefined, more: readonly string[]): number {
  mkdirSync(reports, { recursive: true })
  // The container writes the report as a user of its own.
  chmodSync(reports, 0o777)
  const auth = key ? { ZAP_AUTH_HEADER: 'X-API-Key', ZAP_AUTH_HEADER_VALUE: key } : {}
  const args = [
    ...['run', '--rm', '--network', 'host', '--volume', `${reports}:/zap/wrk:rw`],
    // By name only: values on a command line are visible to every user of the machine.
    ...Object.keys(auth).flatMap((name) => ['--env', name]),
    ...[IMAGE, 'zap-baseline.py', '-t', origin, '-r', 'report.html', '-J', 'report.json', ...more],
  ]
  const { status } = spawnSync('docker', args, { stdio: 'inherit', env: { ...process.env, ...auth } })
  return status ?? ZAP_FAILED
}

try {
  const origin = allowedTarget(process.env)
  requireDocker()
  const zap = zapBaseline(origin, process.env.CHECKLIST_API_KEY?.trim(), process.argv.slice(2))
  if (zap >= ZAP_FAILED) throw new Failure(`zap-baseline.py could not scan ${origin} (exit code ${zap})`)
  const audit = spawnSync('npm', ['audit', '--omit=dev'], { cwd: root, stdio: 'inherit' })
  process.exitCode = zap === 0 && audit.status === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 2
}
