import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../lib/failures.ts'
import { say, step } from '../lib/progress.ts'
import type { Commit } from './commit.ts'
import { addressOf, credentialsOf, digestOf, revisionLabel, revisionOf } from './registry.ts'
import { scan } from './scan.ts'
import type { Registry } from './target.ts'

/**
 * Pushes the image of a commit and waits for its scan. Tags are immutable: an existing tag is reused if it was built from the same
 * commit, and refused otherwise.
 */
export async function publish(registry: Registry, commit: Commit): Promise<void> {
  const address = await addressOf(registry)
  if (await digestOf(registry, commit.tag)) {
    const revision = await revisionOf(registry, commit.tag)
    if (revision !== commit.id) {
      throw new Failure(
        `${registry.repository}:${commit.tag} is there already and was built from ${revision ?? 'an unnamed commit'}, not from ${commit.id}: a tag never moves.`,
      )
    }
    say(`${registry.repository}:${commit.tag} is there already.`)
  } else {
    await step(`Image ${commit.tag}: build and push`, () => push(registry, commit, address))
  }
  await step(`Image ${commit.tag}: scan`, () => scan(registry, commit.tag))
}

async function push(registry: Registry, { id, tag }: Commit, address: string): Promise<void> {
  const { user, password } = await credentialsOf(registry)
  // Docker's credentials go into a temporary folder, not into the home directory.
  const folder = await mkdtemp(join(tmpdir(), 'wiko-docker-'))
  const env = { ...process.env, DOCKER_CONFIG: folder }
  try {
    const host = address.split('/')[0] ?? ''
    await docker(env, ['login', '--username', user, '--password-stdin', host], password)
    await docker(env, [
      ...['buildx', 'build', '--platform', registry.platform, '--label', `${revisionLabel}=${id}`],
      '--provenance=false', // one manifest, which the scan reads, and not an index of manifests
      ...['--progress', 'plain', '--tag', `${address}:${tag}`, '--push', '.'],
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs Docker with its output on the terminal. @throws Failure with its last line of output */
async function docker(env: NodeJS.ProcessEnv, args: readonly string[], input = ''): Promise<void> {
  const child = spawn('docker', args, { env, stdio: ['pipe', 'inherit', 'pipe'] })
  let last = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text)
    last = text.trim().split('\n').at(-1) || last
  })
  child.stdin.on('error', () => undefined) // it may end before it reads
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', () => reject(new Failure('docker is not installed, and the image is built by docker buildx.')))
  })
  if (code !== 0) throw new Failure(`docker ${args.slice(0, 2).join(' ')} failed: ${last || `exit code ${code}`}`)
}
