import { appendFile, chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { FAKE_KEY } from '../../fixtures/fake-azure.ts'
import { freePort } from '../../fixtures/free-port.ts'
import { createPostgres } from '../../fixtures/postgres.ts'
import { spawnFake } from '../../fixtures/processes.ts'
import { startRedis } from '../../fixtures/redis.ts'
import { startRoundRobin } from '../../fixtures/round-robin.ts'
import { findTestTerraform } from '../../fixtures/terraform.ts'
import { AwsClients } from '../../ops/aws/clients.ts'
import { releases } from '../../ops/deploy/page-releases.ts'
import { openPageStore } from '../../ops/deploy/page-store.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { environments } from '../../stacks/environments.ts'
import { namesOf } from '../../stacks/names.ts'
import { startSimulatedAccount } from '../rehearsal/simulated-account.ts'
import { makeCertificates } from './certificates.ts'
import { behavioursOf } from './distribution.ts'
import { startEdge } from './edge.ts'
import { startGateway } from './gateway.ts'
import { Tasks } from './tasks.ts'
import { startTlsFront } from './tls-front.ts'

const environment = 'staging'
const names = namesOf(environment, environments[environment]?.names)

/** Everything around the commands of a walk-through: an account, and what its service, its page and its model are stood for by. */
export interface Simulation {
  /** Variables for the commands, besides those of a person's shell. */
  variables(): Promise<Record<string, string>>
  /** What is typed where a command asks for the model's key. */
  readonly modelKey: string
  /** The tag whose processes run, and the one whose page is served; undefined: none yet. */
  now(): Promise<{ image: string | undefined; page: string | undefined; pids: readonly number[] }>
  /** Calls that the simulated account had no answer for. */
  notSimulated(): readonly string[]
  close(): Promise<void>
}

type Closing = (() => unknown)[]

/** Starts it for a clone that is about to be made. `folder`: for what it writes; PostgreSQL's user must be able to enter it. */
export async function startSimulation(folder: string, clone: string, say: (line: string) => void): Promise<Simulation> {
  const closing: Closing = []
  const close = async () => {
    for (const end of closing.splice(0).toReversed()) await end()
  }
  try {
    return { ...(await start(folder, clone, say, closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Real servers of this machine, and the fake of the model. */
async function servers(closing: Closing) {
  const postgres = await createPostgres()
  closing.push(() => postgres.remove())
  await postgres.start()
  const redis = await startRedis()
  closing.push(() => redis.stop())
  const model = await spawnFake({ delayMs: 500, defectEvery: 1 })
  closing.push(() => model.stop())
  return { postgres, redis, model }
}

async function start(
  folder: string,
  clone: string,
  say: (line: string) => void,
  closing: Closing,
): Promise<Omit<Simulation, 'close'>> {
  // Where the clone is, no mirror of Terraform's providers is found by itself.
  const terraform = await findTestTerraform()
  if ('missing' in terraform) throw new Failure(terraform.missing)
  say(`AWS provider ${terraform.provider}`)
  const mirror = terraform.initArguments.find((one) => one.startsWith('-plugin-dir='))
  const { postgres, redis, model } = await servers(closing)
  const tasksPort = await freePort()
  const account = await startSimulatedAccount(`http://127.0.0.1:${tasksPort}`)
  closing.push(() => account.stop())
  process.prependOnceListener('exit', () => account.stop()) // where a signal ends us
  const { HTTPS_PROXY: accountProxy = '', AWS_CA_BUNDLE: authority = '', ...rest } = account.env
  const credentials = rest as Record<string, string>
  let edgePort = 0
  const gateway = await startGateway({ account: Number(new URL(accountProxy).port), edge: () => edgePort })
  closing.push(() => gateway.close())
  // For this process itself and for the tasks; the commands find the account by names, as they would AWS.
  const endpoint = { ...credentials, AWS_ENDPOINT_URL: gateway.url }
  Object.assign(process.env, endpoint)
  const aws = new AwsClients('us-east-1')

  const certificates = makeCertificates(folder, [authority])
  const modelFront = await startTlsFront(model.url, certificates)
  closing.push(() => modelFront.close())
  const log = join(folder, 'service.log')
  await appendFile(log, '')
  const balancer = await startRoundRobin()
  closing.push(() => balancer.close())
  const tasks = await Tasks.open(
    {
      ...{ aws, clone, folder, postgres: postgres.url, balancer, log, say },
      variables: {
        ...endpoint,
        HOST: '127.0.0.1',
        REDIS_URL: redis.url,
        REDIS_REPLICATION_GROUP: null, // IAM tokens are ElastiCache's
        AZURE_AI_ENDPOINT: modelFront.url,
        NODE_EXTRA_CA_CERTS: certificates.bundle,
        OTEL_EXPORTER_OTLP_ENDPOINT: null, // no collector runs here
      },
    },
    tasksPort,
  )
  closing.push(() => tasks.close())
  const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true })
  const edge = await startEdge({
    ...certificates,
    behaviours: () => behavioursOf(clone, environment, s3),
    balancer: balancer.url,
    s3,
    bucket: names.webBucket,
  })
  edgePort = edge.port
  closing.push(() => edge.close())
  const bin = await standInForDocker(folder)

  const fixed = {
    PATH: `${bin}:${pathWithoutOurs()}`,
    HTTP_PROXY: gateway.url,
    HTTPS_PROXY: gateway.url,
    NO_PROXY: 'localhost,127.0.0.1',
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: certificates.bundle,
    AWS_CA_BUNDLE: authority,
    ...credentials,
    TEST_AWS_PROVIDER: terraform.provider,
    ...(mirror ? { TERRAFORM_PLUGIN_DIR: mirror.slice('-plugin-dir='.length) } : {}),
    // In the place of what is typed.
    CONFIRM: environment,
    // For the checklist: what it may look at besides, and what is a stand-in.
    STAND_INS: 'account edge model',
    DATABASE_URL: postgres.url,
    IMAGES_BUCKET: names.imagesBucket,
    LOG_FILE: log,
  }
  return {
    modelKey: FAKE_KEY,
    notSimulated: account.notSimulated,
    async variables() {
      const key = await administratorsKey(aws)
      return { ...fixed, ...(key ? { CHECKLIST_API_KEY: key, SMOKE_API_KEY: key } : {}) }
    },
    async now() {
      const stored = await releases(openPageStore({ aws, pageBucket: names.webBucket })).catch(() => [])
      return { image: tasks.tag, page: stored[0]?.tag, pids: tasks.pids }
    },
  }
}

/** As a person reads it with `aws secretsmanager get-secret-value`; undefined before the apply that makes it. */
async function administratorsKey(aws: AwsClients): Promise<string | undefined> {
  const SecretId = `${names.secrets}/api-key`
  return aws.secrets
    .send(new GetSecretValueCommand({ SecretId }))
    .then(({ SecretString }) => SecretString)
    .catch(() => undefined)
}

/** A command `docker` that needs no engine. */
async function standInForDocker(folder: string): Promise<string> {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  const script = join(import.meta.dirname, 'docker.ts')
  await writeFile(join(bin, 'docker'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`)
  await chmod(join(bin, 'docker'), 0o755)
  return bin
}

/** A person's PATH: without the packages of this checkout. */
const pathWithoutOurs = () =>
  (process.env.PATH ?? '')
    .split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':')
