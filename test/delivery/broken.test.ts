/** Releases that are broken on purpose, with real processes in the place of ECS tasks: each stops, says where and why, and what ran goes on. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { eventually, send, startLoad, tally } from '../../fixtures/load.ts'
import { spawnFake } from '../../fixtures/processes.ts'
import { AwsClients } from '../../ops/aws/clients.ts'
import { release } from '../../ops/deploy/release.ts'
import { reasonsAgainst, runningTag, waitForRollout } from '../../ops/deploy/rollout.ts'
import { smoke } from '../../ops/deploy/smoke.ts'
import type { Steps } from '../../ops/deploy/steps.ts'
import type { Place } from '../../ops/deploy/target.ts'
import { Failure } from '../../ops/lib/failures.ts'
import { lastingDatabase } from '../support/lasting-database.ts'
import { LocalEcs } from './local-ecs.ts'

// A dozen processes start one after another: a guard against a hang, far above what that takes on a busy machine.
t.setTimeout(900_000)

const API_KEY = 'an-administrator-key-of-the-test-0123456789'
const closed = 'http://127.0.0.1:9' // nobody listens there

t.test('a broken release stops, says where and why, and the running version keeps serving', async (t) => {
  const database = await lastingDatabase(t)
  const fake = await spawnFake()
  t.teardown(() => fake.stop())
  const wrongPassword = new URL(database.env.DATABASE_URL ?? '')
  wrongPassword.pathname = '/no_such_database'
  const images = {
    good: {},
    better: {},
    'bad-migration': { migration: { DATABASE_URL: wrongPassword.href } },
    'bad-secret': { api: { API_KEY: 'short' } },
    'bad-model': { api: { AZURE_AI_ENDPOINT: closed, AZURE_API_TIMEOUT: '2' } },
  }
  const ecs = await LocalEcs.start(images, {
    ...database.env,
    ...fake.env,
    API_KEY,
    RATE_LIMIT_PER_KEY: '1000000',
  })
  t.teardown(() => ecs.stop())
  const { balancer } = ecs
  const page = createServer((request, response) => {
    const script = request.url?.endsWith('.js')
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html').end('<script src="/assets/a.js">')
  }).listen(0, '127.0.0.1')
  t.teardown(() => page.close())
  await once(page, 'listening')

  process.env.AWS_ENDPOINT_URL = ecs.url
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  const place: Place = {
    environment: 'staging',
    aws: new AwsClients('us-east-1'),
    repository: 'wiko-defect-analyzer',
    platform: 'linux/amd64',
    cluster: 'cluster',
    service: 'service',
    logGroup: '/ecs/wiko',
    pageBucket: 'page',
  }
  let served = 'none'
  const serve = async (wanted: string) => {
    served = wanted
  }
  const stepsFor = (tag: string): Steps => ({
    before: async () => ({ image: await runningTag(place), page: served }),
    applyReviewed: () => ecs.deploy(tag),
    applyTag: (other) => ecs.deploy(other),
    waitFor: (wanted) => waitForRollout(place, wanted, { every: 50, most: 60_000 }),
    reasonsAgainst: (wanted) => reasonsAgainst(place, wanted),
    servePage: serve,
    servePageAgain: serve,
    smoke: () =>
      smoke(
        { page: `http://127.0.0.1:${(page.address() as AddressInfo).port}`, api: balancer.url },
        { key: API_KEY, polling: { every: 50, most: 2_000 } },
      ),
  })
  const deploy = (tag: string) => release('staging', tag, stepsFor(tag))

  await ecs.deploy('good')
  served = 'good'
  const first = ecs.pids
  t.equal(first.length, 2)
  await eventually(() => fetch(`${balancer.url}/ready`).then(({ ok }) => ok))
  const load = startLoad(t, 4, () =>
    send(`${balancer.url}/api/v1/analyses?limit=1`, { headers: { 'x-api-key': API_KEY } }),
  )

  const startFails: readonly (readonly [tag: string, why: RegExp])[] = [
    [
      'no-such-tag',
      /FAILED at rollout: no-such-tag does not run: ECS went back to good; container wiko-api: CannotPullContainerError.*not found/,
    ],
    ['bad-migration', /FAILED at rollout: .*container migrate ended with 1 \(task \w+, log \/ecs\/wiko\)/],
    ['bad-secret', /FAILED at rollout: .*container wiko-api ended with 1/],
  ]
  for (const [tag, why] of startFails) {
    await t.test(tag, async (t) => {
      await t.rejects(deploy(tag), { message: why })
      t.strictSame(ecs.noted, 'good', 'what a later plan keeps is the tag that runs')
      t.equal(ecs.pids.length, 2)
      t.equal(served, 'good', 'the page was not touched')
    })
  }
  t.strictSame(tally(load.outcomes), { 200: load.outcomes.length }, 'no request failed meanwhile')

  await t.test('a blocked model is found by the smoke test, and image and page go back', async (t) => {
    await t.rejects(deploy('bad-model'), {
      message:
        /^Deployment of bad-model to staging FAILED at smoke test: a drawn knife with a rust spot is analysed: status 50[234]: .* -- Rolled back: good runs, page good is served\.$/,
    })
    t.equal(await runningTag(place), 'good')
    t.equal(served, 'good')
  })
  await t.test('a good one replaces what runs', async (t) => {
    await deploy('better')
    t.equal(served, 'better')
    t.equal(await runningTag(place), 'better')
  })
  const outcomes = await load.end()
  t.comment(`${outcomes.length} requests`)
  t.strictSame(tally(outcomes), { 200: outcomes.length }, 'no request failed in all that time')
})

t.test('a rollback that fails too says so', async (t) => {
  const fails = async () => {
    throw new Failure('AWS is away')
  }
  const steps: Steps = {
    before: async () => ({ image: 'old', page: 'old' }),
    applyReviewed: fails,
    applyTag: fails,
    waitFor: fails,
    reasonsAgainst: async () => [],
    servePage: fails,
    servePageAgain: fails,
    smoke: fails,
  }
  await t.rejects(release('prod', 'new', steps), {
    message:
      'Deployment of new to prod FAILED at apply: AWS is away -- The ROLLBACK FAILED too (nothing is as it was): AWS is away',
  })
  await t.rejects(release('prod', 'new', { ...steps, before: async () => ({ image: undefined, page: undefined }) }), {
    message: /Nothing ran here before/,
  })
})
