import t from 'tap'
import { estimate, resourcesByType } from '../../ops/infra/cost.ts'
import { beyondGuide, type CostItem, costItems } from '../../ops/infra/cost-items.ts'
import { hours, prices } from '../../ops/infra/prices.ts'
import { makeStack } from '../../stacks/stacks.ts'

const itemsOf = (stack: string, ...settings: string[]) => costItems(resourcesByType(makeStack(stack, settings)))
const find = (items: readonly CostItem[], item: string) => items.find((one) => one.item.startsWith(item))

const prod = itemsOf('prod')

t.test('prod has the sizes of the guide', async (t) => {
  t.match(find(prod, 'vCPU, ARM64'), { least: 2 * 2 * hours, busy: 4 * 2 * hours, price: prices.cpu.ARM64 })
  t.match(find(prod, 'memory, ARM64'), { least: 2 * 4 * hours, busy: 4 * 4 * hours })
  t.match(find(prod, 'db.t4g.medium'), { least: 2 * hours }, 'instance and standby')
  t.match(find(prod, 'gp3 storage'), { least: 200 }, '100 GB on both')
  t.match(find(prod, 'cache.t4g.micro, redis'), { least: 2 * hours })
  t.match(find(prod, 'secrets'), { least: 5 })
  t.match(find(prod, 'hosted zones'), { least: 2 })
})

t.test('NAT gateways: one a zone, or one', async (t) => {
  t.match(find(prod, 'NAT gateways'), { row: beyondGuide, least: 2 * hours })
  t.match(find(itemsOf('prod', 'network.nat=single'), 'NAT gateways'), { least: hours })
  const three = itemsOf('prod', 'network.zones=["a","b","c"]')
  t.match(find(three, 'NAT gateways'), { least: 3 * hours })
  t.match(find(three, 'public addresses'), { least: 6 * hours }, 'NAT and load balancer in each zone')
  t.match(find(three, 'interface endpoints, each zone'), { least: 4 * 3 * hours })
})

t.test('interface endpoints can be left out', async (t) => {
  t.match(find(prod, 'interface endpoints, each zone'), { least: 4 * 2 * hours })
  t.equal(find(itemsOf('prod', 'network.interfaceEndpoints=[]'), 'interface endpoints'), undefined)
})

t.test('tasks: number, size, architecture, Spot', async (t) => {
  t.match(find(itemsOf('prod', 'service.minTasks=4'), 'vCPU'), { least: 8 * hours, busy: 16 * hours })
  t.match(find(itemsOf('prod', 'service.maxTasks=3'), 'vCPU'), { least: 4 * hours, busy: 6 * hours })
  t.match(find(itemsOf('prod', 'service.cpu=1024', 'service.memory=2048'), 'memory'), { least: 4 * hours })
  t.match(find(itemsOf('prod', 'service.architecture=X86_64'), 'vCPU, X86_64'), { price: prices.cpu.X86_64 })
  const spot = itemsOf('prod', 'service.spotPercent=50')
  t.match(find(spot, 'vCPU, ARM64, Spot'), { least: 0, busy: 2 * hours })
  t.match(find(spot, 'vCPU, ARM64'), { least: 4 * hours, busy: 6 * hours })
})

t.test('database, cache and firewall by setting', async (t) => {
  t.match(find(itemsOf('prod', 'database.storage=200', 'database.maxStorage=500'), 'gp3 storage'), { least: 400 })
  t.match(find(itemsOf('prod', 'cache.engine=valkey', 'cache.version=8.0'), 'cache.t4g.micro, valkey'), {
    price: { dollars: prices.cache['cache.t4g.micro'].dollars * 0.8 },
  })
  t.equal(find(itemsOf('prod', 'firewall.enabled=false'), 'WAF'), undefined)
  t.throws(() => itemsOf('prod', 'cache.nodeType=cache.x9.huge'), { message: /has no price of cache\.x9\.huge/ })
})

t.test('the account has its own items', async (t) => {
  const account = itemsOf('account')
  t.match(find(account, 'image registry'), { row: beyondGuide })
  t.equal(find(account, 'vCPU'), undefined)
})

t.test('the estimate shows the guide beside it, and the total is the sum of the items', async (t) => {
  const text = estimate('prod', prod)
  const dollars = prod.reduce((sum, { least, price }) => sum + least * price.dollars, 0)
  t.match(text, new RegExp(`^Total +${dollars.toFixed(2)} to [0-9.]+ +292 to 527$`, 'm'))
  t.match(text, /^ECS Fargate +[0-9.]+ to [0-9.]+ +100\.00 to 200\.00$/m)
  t.match(text, /^Beyond the guide +[0-9.]+ +-$/m)
  t.match(text, /cache\.t4g\.micro, redis .*0\.016\*$/m, 'unverified prices are marked')
  t.match(text, /Reserved database and cache: [0-9.]+ \(one year/)
})
