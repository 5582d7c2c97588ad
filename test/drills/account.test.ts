/** The drills that run in an account, against a simulated one: what they call, what they wait for, and that nothing of theirs stays. */
import { CreateDBInstanceCommand, CreateDBSnapshotCommand, DescribeDBInstancesCommand } from '@aws-sdk/client-rds'
import t from 'tap'
import { installMoto, startMoto } from '../../fixtures/moto.ts'
import { AwsClients } from '../../ops/aws/clients.ts'
import { runDrill } from '../../ops/drills/drill.ts'
import { drills } from '../../ops/drills/index.ts'

t.setTimeout(120_000)
const skip = (await installMoto()) ?? false

t.test('drills of the database in a simulated account', { skip, timeout: 120_000 }, async (t) => {
  const moto = await startMoto()
  t.teardown(() => moto.stop())
  Object.assign(process.env, moto.env)
  const aws = new AwsClients('us-east-1')
  const DBInstanceIdentifier = 'wiko-defect-db-staging'
  const run = (name: string) => {
    const drill = drills[name]
    if (!drill) throw new Error(name)
    return runDrill(name, drill, { ...process.env, ENV: 'staging', SET: '', DRILL_EVERY_MS: '50' })
  }
  const instances = async () => {
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand())
    return DBInstances.map((instance) => instance.DBInstanceIdentifier)
  }

  t.match(await run('restore'), { result: 'FAIL', fault: 'There is no instance wiko-defect-db-staging.' })
  await aws.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      ...{ Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 20, DBName: 'wiko_defect_db' },
      ...{ MasterUsername: 'wiko', MasterUserPassword: 'not-a-secret-of-anybody', StorageEncrypted: true },
    }),
  )
  const snapshot = { DBInstanceIdentifier, DBSnapshotIdentifier: 'the-newest' }
  await aws.rds.send(new CreateDBSnapshotCommand(snapshot))

  const restored = await run('restore')
  t.equal(restored.ground, 'simulated: AWS')
  t.equal(restored.fault, null)
  for (const { what, found, expected, ok } of restored.checks) t.ok(ok, `${what}: ${found} (expected: ${expected})`)
  t.equal(restored.result, 'PASS')
  t.strictSame(await instances(), [DBInstanceIdentifier], 'the copy is gone')

  t.match(await run('database-failover'), { result: 'PASS', environment: 'staging' })
  t.match(await run('model-loss'), { result: 'FAIL', fault: /on this machine only/ })
})
