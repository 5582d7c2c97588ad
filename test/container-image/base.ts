import { execFile } from 'node:child_process'
import { chmod, copyFile, cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Buildah } from './buildah.ts'

const run = promisify(execFile)

const bounded = { maxBuffer: 2 ** 26, timeout: 600_000 } // milliseconds

/**
 * Makes a stand-in for Node's official image under the name that the Dockerfile asks for: a minimal Debian, the Node that runs this
 * script, the npm of this machine, and the user node with id 1000.
 */
export async function standInForNode(buildah: Buildah, name: string, folder: string): Promise<void> {
  const tree = join(folder, 'debian')
  await run('debootstrap', ['--variant=minbase', 'trixie', tree, await mirror()], bounded)
  await run('chroot', [tree, 'useradd', '--uid', '1000', '--create-home', 'node'])
  const local = join(tree, 'usr/local')
  await copyFile(process.execPath, join(local, 'bin/node'))
  await chmod(join(local, 'bin/node'), 0o755)
  const npm = await npmFolder()
  await mkdir(join(local, 'lib/node_modules'), { recursive: true })
  await cp(npm, join(local, 'lib/node_modules/npm'), { recursive: true, dereference: true })
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'))
  const container = await buildah.do('from', 'scratch')
  await buildah.do('copy', '-q', container, tree, '/')
  await buildah.do('commit', '-q', '--rm', container, name)
}

/** The archive that this machine installs from. */
async function mirror(): Promise<string> {
  for (const file of ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const found = /^(?:URIs: *|deb (?:\[[^\]]*\] )?)(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(text)?.[1]
    if (found) return found
  }
  throw new Error('no Debian archive is named in /etc/apt; the stand-in for the base image is made from it')
}

/** Where the npm of this machine lies. Debian's is a tree of links into other packages, hence `dereference` above. */
async function npmFolder(): Promise<string> {
  const { stdout } = await run('which', ['npm'])
  return join(await realpath(stdout.trim()), '../..')
}

/** npm's settings of this machine as one file: where its registry is, and who it trusts. Mounted during the build, never in the image. */
export async function npmSettings(folder: string): Promise<{ settings: string; authorities: string | undefined }> {
  const get = async (key: string) => {
    const { stdout } = await run('npm', ['config', 'get', key])
    return ['null', 'undefined', ''].includes(stdout.trim()) ? undefined : stdout.trim()
  }
  const files = await Promise.all(['globalconfig', 'userconfig'].map(get))
  const texts = await Promise.all(files.map((file) => readFile(file ?? '', 'utf8').catch(() => '')))
  const authorities = (await get('cafile')) ?? process.env.NODE_EXTRA_CA_CERTS
  const lines = [...texts, `registry=${await get('registry')}`, ...(authorities ? ['cafile=/run/authorities.pem'] : [])]
  const settings = join(folder, 'npmrc')
  await writeFile(settings, `${lines.join('\n')}\n`, { mode: 0o600 })
  return { settings, authorities }
}
