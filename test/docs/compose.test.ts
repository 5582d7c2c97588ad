import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadConfig } from '../../api/config/config.ts'
import { environments } from '../../stacks/environments.ts'
import { makeTargets, read, root } from './markdown.ts'
import { configurationVariables } from './variables.ts'

/** What can be said of compose.yaml and the development container without a Docker engine. */
const compose = read('compose.yaml')
const dockerfile = read('Dockerfile')

/** The lines of one service. */
function serviceOf(name: string): string {
  const [, rest = ''] = compose.split(`\n  ${name}:\n`)
  return rest.split(/\n {0,2}\S/)[0] ?? ''
}

/** A service's environment, `${NAME:-default}` put in from a shell's variables as Docker does. */
function environmentOf(name: string, shell: Record<string, string> = {}): Record<string, string> {
  const [, block = ''] = serviceOf(name).split('    environment:\n')
  return Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z][A-Z0-9_]*): (.*)$/gm)].map(([, variable = '', value = '']) => [
      variable,
      value
        .replace(/^'(.*)'$/, '$1')
        .replace(/\$\{([A-Z_]+):-([^}]*)\}/g, (_, from: string, fallback: string) => shell[from] || fallback),
    ]),
  )
}

t.test('the API takes its environment, as production, and every variable is one of its own', async (t) => {
  const environment = environmentOf('api')
  const config = loadConfig(environment)
  t.match(config, {
    production: true,
    port: 5001,
    imagesBucket: 'wiko-images',
    azure: null,
    databaseIam: false,
    tracing: null,
  })
  const known = configurationVariables()
  for (const name of Object.keys(environment)) t.ok(known.has(name) || name.startsWith('AWS_'), name)

  const model = { ANALYZER: 'azure', AZURE_AI_ENDPOINT: 'https://wiko.openai.azure.com', AZURE_AI_API_KEY: 'key' }
  t.match(loadConfig(environmentOf('api', model)).azure, { visionDeployment: 'gpt-5-2' })
  const traced = loadConfig(environmentOf('api', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }))
  t.ok(traced.tracing)
})

t.test('the servers beside it are those that it is told of', async (t) => {
  const { DATABASE_URL = '', REDIS_URL = '', AWS_ENDPOINT_URL = '', IMAGES_BUCKET = '', ...api } = environmentOf('api')
  const postgres = environmentOf('postgres')
  const url = new URL(DATABASE_URL)
  t.equal(url.username, postgres.POSTGRES_USER)
  t.equal(url.password, postgres.POSTGRES_PASSWORD)
  t.equal(url.pathname, `/${postgres.POSTGRES_DB}`)
  t.equal(environmentOf('migrate').DATABASE_URL, DATABASE_URL)
  const images = environmentOf('images')
  t.equal(api.AWS_ACCESS_KEY_ID, images.MINIO_ROOT_USER)
  t.equal(api.AWS_SECRET_ACCESS_KEY, images.MINIO_ROOT_PASSWORD)
  t.ok(serviceOf('bucket').includes(`mc mb --ignore-existing local/${IMAGES_BUCKET}`))
  for (const server of [DATABASE_URL, REDIS_URL, AWS_ENDPOINT_URL]) t.ok(serviceOf(new URL(server).hostname), server)
  t.match(serviceOf('postgres'), new RegExp(`image: postgres:${environments.prod?.database.majorVersion}-`))
})

t.test('it builds the image that the Dockerfile makes, and runs it as the task does', async (t) => {
  const stages = [...dockerfile.matchAll(/^FROM \S+(?: AS (\S+))?$/gm)].map(([, name]) => name)
  for (const [, target = ''] of compose.matchAll(/^\s+target: ([a-z]+)$/gm)) t.ok(stages.includes(target), target)
  t.equal(stages.at(-1), undefined, 'the last stage is built where no target is named')
  const port = /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1]
  t.ok(serviceOf('api').includes(`'127.0.0.1:${port}:${port}'`))
  t.ok(serviceOf('api').includes('./web/dist:/app/web/dist:ro'))
  t.ok(dockerfile.includes('WORKDIR /app'))
  const script = /command: \[node, (\S+)\]/.exec(serviceOf('migrate'))?.[1] ?? ''
  t.ok(existsSync(join(root, script)), script)
  for (const name of ['api', 'migrate']) t.match(serviceOf(name), /image: wiko-defect-analyzer:local/)
})

t.test('the development container installs with a command that exists, under the Node of the project', async (t) => {
  const container = JSON.parse(read('.devcontainer/devcontainer.json')) as { image: string; postCreateCommand: string }
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } }
  t.match(container.image, new RegExp(`:${devDependencies.node.split('.')[0]}-`))
  const [make, target = ''] = container.postCreateCommand.split(' ')
  t.equal(make, 'make')
  t.ok(makeTargets.has(target), target)
})
