/**
 * Builds the Dockerfile on a machine without Docker and without a registry, and runs the API out of the result. Needs root on
 * Debian; elsewhere it says so and ends well, as the check is then not possible.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '../../api/database/embedded.ts'
import { npmSettings, standInForNode } from './base.ts'
import { Buildah } from './buildah.ts'
import { checkImage } from './check.ts'

const repository = resolve(import.meta.dirname, '../..')
const image = 'wiko-defect-analyzer:check'
const differences = `What differs from a real build:
  - Node's official image is replaced by a minimal Debian with Node ${process.versions.node} and this machine's npm; its digest is not checked.
  - RUN steps and the container are only a chroot: no own network, no read-only root, no dropped capabilities, no memory limit.
  - Built for this machine's processor (${process.arch}) only.`

const say = (line: string) => process.stderr.write(`${line}\n`)

/** What of the needed tools is missing, after an attempt to install it. */
function missingTools(): string[] {
  const has = (tool: string) => spawnSync('which', [tool]).status === 0
  const missing = () => ['buildah', 'debootstrap'].filter((tool) => !has(tool))
  if (missing().length === 0 || !has('apt-get')) return missing()
  say(`Installing ${missing().join(' and ')} ...`)
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    })
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'crun', ...missing())
  return missing()
}

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) return void process.stdout.write('skipped: building the image here needs root\n')
  const missing = missingTools()
  if (missing.length > 0) return void process.stdout.write(`skipped: ${missing.join(' and ')} cannot be installed\n`)

  const folder = await mkdtemp(join(tmpdir(), 'wiko-image-'))
  await chmod(folder, 0o711) // PostgreSQL's user passes through
  const buildah = new Buildah(folder)
  process.on('exit', () => {
    buildah.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const started = performance.now()
  const step = (what: string) => say(`${Math.round((performance.now() - started) / 1000)} s: ${what} ...`)
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'))
  try {
    const dockerfile = await readFile(join(repository, 'Dockerfile'), 'utf8')
    const base = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1]
    if (!base) throw new Error('the Dockerfile names no NODE_IMAGE')
    step(`making a stand-in for ${base}`)
    await standInForNode(buildah, base, folder)
    step('building the Dockerfile')
    const { settings, authorities } = await npmSettings(folder)
    const mounts = [`${settings}:/root/.npmrc:ro`, ...(authorities ? [`${authorities}:/run/authorities.pem:ro`] : [])]
    await buildah.do(
      ...['build', '--format', 'docker', '--pull-never', '--timestamp', '0', '--tag', image],
      ...mounts.flatMap((mount) => ['--volume', mount]),
      repository,
    )
    step('running it')
    await checkImage(buildah, image, postgres.url, randomBytes(24).toString('base64url'))
    step('done')
    process.stdout.write(`The image builds, and the API answers out of it.\n${differences}\n`)
  } finally {
    await postgres.stop()
  }
}

await main().catch((error) => {
  process.stderr.write(`The image failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
