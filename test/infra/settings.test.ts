import t from 'tap'
import { account, environments } from '../../stacks/environments.ts'
import { type Environment, override } from '../../stacks/settings.ts'
import { maxConnections, validate } from '../../stacks/validate.ts'

const { prod, staging } = environments as { prod: Environment; staging: Environment }

t.test('what we ship is valid', async (t) => {
  t.strictSame(validate(prod), [])
  t.strictSame(validate(staging), [])
})

// Each wrong setting, and the setting that the message must name.
const faults: readonly (readonly [texts: readonly string[], setting: string])[] = [
  [['service.memory=3000'], 'service.memory'],
  [['service.cpu=2000'], 'service.cpu'],
  [['service.cpu=256', 'service.memory=4096'], 'service.memory'],
  [['database.backupDays=0'], 'database.backupDays'],
  [['database.majorVersion="15.4"'], 'database.majorVersion'],
  [['database.multiAz=false'], 'database.multiAz'],
  [['database.maxStorage=100'], 'database.maxStorage'],
  [['database.instanceClass=db.unknown'], 'database.instanceClass'],
  [['domains.web.name=defect.example.com'], 'domains.web.name'],
  [['domains.api.name=evilwiko-defect-analyzer.com'], 'domains.api.name'],
  [['service.minTasks=11'], 'service.minTasks'],
  [['service.minTasks=1'], 'service.minTasks'],
  [['monitoring.alertEmails=[]'], 'monitoring.alertEmails'],
  [['monitoring.alertEmails=["nobody"]'], 'monitoring.alertEmails'],
  [['monitoring.logDays=31'], 'monitoring.logDays'],
  [['service.databasePool=50'], 'service.databasePool'],
  [['protection=false'], 'protection'],
  [['network.zones=["a","a"]'], 'network.zones'],
  [['network.zones=["a","z"]'], 'network.zones'],
  [['network.cidrBlock=10.20.0.1/16'], 'network.cidrBlock'],
  [['network.cidrBlock=8.8.0.0/16'], 'network.cidrBlock'],
  [['network.nat=none'], 'network.nat'],
  [['cache.version=6.2'], 'cache.version'],
  [['cache.nodes=1'], 'cache.nodes'],
  [['service.spotPercent=100'], 'service.spotPercent'],
  [['service.workerTasks=0'], 'service.workerTasks'],
  [['service.criticalEmails=["nobody"]'], 'service.criticalEmails'],
  [['backend={"kind":"s3","bucket":""}'], 'backend.bucket'],
  [['backend={"kind":"cloud","organization":"","workspace":"x"}'], 'backend.organization'],
  [['secrets.secretKeyDays=0'], 'secrets.secretKeyDays'],
]

for (const [texts, setting] of faults) {
  t.test(`${texts.join(' ')} is refused`, async (t) => {
    const { settings, faults } = override(prod, texts)
    t.strictSame(faults, [], 'the replacement itself is understood')
    const found = validate(settings)
    t.ok(
      found.some((fault) => fault.startsWith(`${setting}: `)),
      found.join('; ') || 'no fault found',
    )
  })
}

t.test('the rehearsal may have prod without protection by the second switch', async (t) => {
  t.strictSame(validate(override(prod, ['protection=false', 'allowUnprotectedProd=true']).settings), [])
})

t.test('staging may go without what prod must have', async (t) => {
  const texts = ['database.backupDays=0', 'monitoring.alertEmails=[]', 'service.minTasks=1', 'protection=false']
  t.strictSame(validate(override(staging, texts).settings), [])
})

t.test('a replacement must name a setting and keep its type', async (t) => {
  t.match(override(prod, ['service.maxTasks']).faults, [/setting=value/])
  t.match(override(prod, ['service.maxTask=3']).faults, [/no such setting/])
  t.match(override(prod, ['service.maxTasks=many']).faults, [/must be a number/])
  t.match(override(prod, ['network.zones=a']).faults, [/must be a list/])
  t.match(override(account, ['budget.monthlyDollars=100']).settings.budget.monthlyDollars, 100)
  t.equal(prod.service.maxTasks, 10, 'the settings themselves are untouched')
})

t.test('connections follow the memory of the instance', async (t) => {
  t.equal(maxConnections('db.t4g.medium'), 450) // 4 GiB / 9,531,392 bytes
  t.equal(maxConnections('db.r7g.xlarge'), 3604)
  t.equal(maxConnections('db.none'), undefined)
})
