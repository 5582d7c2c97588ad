import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { send } from '../../fixtures/load.ts'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { rotate } from '../infra/rotate.ts'
import { chosenSecret } from '../infra/secret-store.ts'
import { Failure } from '../lib/failures.ts'
import type { Drill, Stage } from './drill.ts'
import { healed, twoTasks } from './two-tasks.ts'

/** Rotates by the command that people use, and tells what Secrets Manager then keeps. */
async function rotated(stage: Stage, env: NodeJS.ProcessEnv): Promise<void> {
  await rotate(env)
  const { client, id } = chosenSecret(env)
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: id }))
  const stages = Object.values(VersionIdsToStages).flat().toSorted().join(', ')
  stage.check(
    'versions',
    'AWSCURRENT and AWSPREVIOUS',
    stages,
    stages.includes('AWSCURRENT') && stages.includes('AWSPREVIOUS'),
  )
}

/** A secret changes while cameras and people use it. */
export const secretRotation: Drill = {
  title: "The administrator's key is rotated",
  expectation:
    'Running processes take the new key up within 15 s of its first use, without a restart; the one before stays valid; a wrong one never is. (Locally Secrets Manager is simulated.)',
  async local(stage) {
    const missing = await installMoto()
    if (missing) throw new Failure(missing)
    const moto = await startMoto()
    stage.teardown(() => moto.stop())
    const saved = { ...process.env }
    Object.assign(process.env, moto.env)
    stage.teardown(() => {
      for (const name of Object.keys(moto.env)) {
        if (saved[name] === undefined) delete process.env[name]
        else process.env[name] = saved[name]
      }
    })
    const before = 'first-key-of-the-drill-0123456789abcdef0123'
    const client = new SecretsManagerClient({ region: 'us-east-1' })
    const { ARN } = await client.send(new CreateSecretCommand({ Name: 'wiko-staging/api-key', SecretString: before }))
    const tasks = await twoTasks(stage, {
      ...moto.env,
      API_KEY: before,
      API_KEY_SECRET_ARN: ARN ?? '',
      AWS_REGION: 'us-east-1',
    })
    const pids = tasks.services.map(({ pid }) => pid)
    const ask = (key: string) => send(`${tasks.url}/api/v1/stats`, { headers: { 'x-api-key': key } })
    const statusOf = async (key: string) => (await ask(key)).status
    stage.check('the first key', '200', await statusOf(before), (await statusOf(before)) === 200)

    await rotated(stage, { ...process.env, ENV: 'staging', NAME: 'api-key', SET: '' })
    const { SecretString: after = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: 'wiko-staging/api-key' }),
    )
    const seconds = await healed(performance.now(), () => ask(after), 30)
    stage.check('the new key', 'valid within 15 s', `${seconds.toFixed(1)} s`, seconds < 15)
    const both = [await statusOf(before), await statusOf(before)]
    stage.check(
      'the key before, at both processes',
      '200, 200',
      both.join(', '),
      both.every((one) => one === 200),
    )
    const wrong = await statusOf('a-key-that-nobody-ever-made-0123456789')
    stage.check('a wrong key', '401', wrong, wrong === 401)
    const same = tasks.services.every(({ pid, process }, index) => pid === pids[index] && process.exitCode === null)
    stage.check('processes', 'not restarted', same ? 'the same' : 'others', same)
  },
  account: (stage) => rotated(stage, { ...stage.env, NAME: 'secret-key' }),
}
