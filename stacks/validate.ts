import { awsProvider } from '../modules/stack.ts'
import type { Backend, Domain, Environment } from './settings.ts'
import { type Checks, variableChecks } from './validate-variables.ts'

/** Memory in MiB that Fargate offers for each CPU size: AWS Fargate task sizes, read 2026-11-22 from general knowledge, unverified. */
const fargateMemory: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: range(1, 4),
  1024: range(2, 8),
  2048: range(4, 16),
  4096: range(8, 30),
  8192: range(16, 60, 4),
  16384: range(32, 120, 8),
}

/** GiB of memory by instance size: RDS allows memory / 9,531,392 bytes connections by default, 5,000 at most. */
const instanceMemory: Readonly<Record<string, number>> = {
  'db.t4g.micro': 1,
  'db.t4g.small': 2,
  'db.t4g.medium': 4,
  'db.t4g.large': 8,
  'db.t4g.xlarge': 16,
  'db.m7g.large': 8,
  'db.m7g.xlarge': 16,
  'db.r7g.large': 16,
  'db.r7g.xlarge': 32,
}

/** What CloudWatch Logs accepts as retention. */
export const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Connections that PostgreSQL allows by default on this class; undefined for a class that we do not know. */
export function maxConnections(instanceClass: string): number | undefined {
  const memory = instanceMemory[instanceClass]
  return memory === undefined ? undefined : Math.min(Math.floor((memory * 2 ** 30) / 9_531_392), 5000)
}

/** GiB of memory and allowed connections of a class that `validate` has let through. */
export function databaseSize(instanceClass: string): { memory: number; connections: number } {
  const memory = instanceMemory[instanceClass]
  const connections = maxConnections(instanceClass)
  if (memory === undefined || connections === undefined)
    throw new RangeError(`${instanceClass} has no known memory size`)
  return { memory, connections }
}

/** All that is wrong with an environment, one line a fault, each beginning with the setting's name. Empty: it may be synthesized. */
export function validate(environment: Environment): string[] {
  const { name, domains, network, database, cache, images, secrets, service, monitoring, firewall } = environment
  const production = name === 'prod'
  const checks: readonly (readonly [fault: boolean, message: string])[] = [
    [!/^[a-z][a-z0-9-]{1,14}$/.test(name), `name: ${name} must be 2 to 15 lower-case letters, digits or hyphens`],
    [!/^[a-z]{2}(-[a-z]+)+-\d$/.test(environment.region), `region: ${environment.region} is not an AWS region`],
    [
      production && !environment.protection && !environment.allowUnprotectedProd,
      'protection: prod may only go without it when allowUnprotectedProd is set too',
    ],
    ...providerChecks(environment.providerVersion),
    ...backendChecks(environment.backend),
    ...(domains ? [...domainChecks('domains.web', domains.web), ...domainChecks('domains.api', domains.api)] : []),

    [new Set(network.zones).size < 2, 'network.zones: needs two different zones, as the load balancer does'],
    [network.zones.some((zone) => !/^[a-f]$/.test(zone)), 'network.zones: letters from a to f'],
    [
      !isPrivateRange(network.cidrBlock),
      `network.cidrBlock: ${network.cidrBlock} is not a private range from /16 to /22`,
    ],
    [!['per_zone', 'single', 'none'].includes(network.nat), 'network.nat: per_zone, single or none'],
    [network.nat === 'none', 'network.nat: with none the tasks cannot reach Azure OpenAI'],

    [production && database.backupDays === 0, 'database.backupDays: prod must keep backups (1 to 35 days)'],
    [!within(database.backupDays, 0, 35), 'database.backupDays: 0 to 35 days'],
    [
      !/^\d+$/.test(database.majorVersion),
      'database.majorVersion: a major version such as 15; minor ones follow by themselves',
    ],
    [!within(database.storage, 20, 65536), 'database.storage: 20 to 65536 GiB'],
    [database.maxStorage < database.storage * 1.1, 'database.maxStorage: at least a tenth over database.storage'],
    [production && !database.multiAz, 'database.multiAz: prod needs the standby in a second zone'],
    ...connectionChecks(environment),

    [!within(cache.nodes, 1, 6), 'cache.nodes: 1 to 6'],
    [production && cache.nodes < 2, 'cache.nodes: prod needs 2 for failover'],
    [cache.engine === 'redis' && !/^7\.[01]$/.test(cache.version), 'cache.version: redis is 7.0 or 7.1 on ElastiCache'],
    [cache.engine === 'valkey' && !/^[89]\.\d$/.test(cache.version), 'cache.version: valkey is 8.x or 9.x'],
    [!['redis', 'valkey'].includes(cache.engine), 'cache.engine: redis or valkey'],
    [!within(cache.snapshotDays, 0, 35), 'cache.snapshotDays: 0 to 35 days'],

    [
      !['glacier-instant', 'glacier', 'intelligent'].includes(images.archive),
      'images.archive: glacier-instant, glacier or intelligent',
    ],
    [!within(images.archiveAfterDays, 30, 3650), 'images.archiveAfterDays: 30 to 3650 days'],
    [!within(images.keepOldVersionsDays, 1, 3650), 'images.keepOldVersionsDays: 1 to 3650 days'],
    [!within(secrets.secretKeyDays, 1, 90), 'secrets.secretKeyDays: 1 to 90 days'],

    [!['ARM64', 'X86_64'].includes(service.architecture), 'service.architecture: ARM64 or X86_64'],
    ...taskSizeChecks(service),
    [!within(service.minTasks, 1, 1000), 'service.minTasks: at least 1'],
    [production && service.minTasks < 2, 'service.minTasks: prod needs 2, one in each zone'],
    [
      service.minTasks > service.maxTasks,
      `service.minTasks: ${service.minTasks} is over service.maxTasks ${service.maxTasks}`,
    ],
    [!within(service.spotPercent, 0, 100), 'service.spotPercent: 0 to 100'],
    [production && service.spotPercent === 100, 'service.spotPercent: prod must keep its minimum on ordinary Fargate'],
    [!within(service.cpuTarget, 10, 90), 'service.cpuTarget: 10 to 90 percent'],
    [!within(service.memoryTarget, 10, 90), 'service.memoryTarget: 10 to 90 percent'],
    [!within(service.inFlightTarget, 1, 1000), 'service.inFlightTarget: at least 1'],
    [!within(service.tracePercent, 0, 100), 'service.tracePercent: 0 to 100'],
    [!(service.reviewSample >= 0 && service.reviewSample <= 100), 'service.reviewSample: 0 to 100 percent'],
    [!within(service.workerTasks, 1, 1000), 'service.workerTasks: at least 1'],
    ...variableChecks(service),
    [!service.criticalEmails.every(isEmail), 'service.criticalEmails: not an address'],

    [!logDays.includes(monitoring.logDays), `monitoring.logDays: CloudWatch has ${logDays.join(', ')}`],
    [!logDays.includes(monitoring.auditLogDays), `monitoring.auditLogDays: CloudWatch has ${logDays.join(', ')}`],
    [
      production && monitoring.alertEmails.length === 0,
      'monitoring.alertEmails: prod needs an address that alarms go to',
    ],
    [!monitoring.alertEmails.every(isEmail), 'monitoring.alertEmails: not an address'],
    [!within(firewall.rateLimit, 10, 2_000_000_000), 'firewall.rateLimit: at least 10 requests in five minutes'],
  ]
  return checks.filter(([fault]) => fault).map(([, message]) => message)
}

export function providerChecks(version: string): Checks {
  const [major = 0, minor = 0] = /^(\d+)\.(\d+)\.\d+$/.exec(version)?.slice(1).map(Number) ?? []
  return [
    [
      major !== 6 || minor < 26,
      `providerVersion: ${version} must be one version of the AWS provider (${awsProvider.version}), such as 6.47.1`,
    ],
  ]
}

export function backendChecks(backend: Backend): Checks {
  if (backend.kind === 's3')
    return [
      [!/^[a-z0-9][a-z0-9.-]{2,62}$/.test(backend.bucket), 'backend.bucket: not a bucket name'],
      [
        backend.kmsKeyId !== undefined &&
          !/^arn:aws:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/.test(backend.kmsKeyId),
        "backend.kmsKeyId: must be the ARN of the account's key, the output state_key of the stack account",
      ],
    ]
  if (backend.kind === 'cloud') {
    return [
      [!backend.organization, 'backend.organization: the organization in Terraform Cloud is missing'],
      [!backend.workspace, 'backend.workspace: the workspace in Terraform Cloud is missing'],
    ]
  }
  return [[backend.kind !== 'local', 'backend.kind: local, s3 or cloud']]
}

function domainChecks(setting: string, { name, zone }: Domain): Checks {
  return [
    [!/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(name), `${setting}.name: ${name} is not a domain name`],
    [name !== zone && !name.endsWith(`.${zone}`), `${setting}.name: ${name} is outside its zone ${zone}`],
  ]
}

function taskSizeChecks({ cpu, memory }: Environment['service']): Checks {
  const sizes = fargateMemory[cpu]
  if (!sizes) return [[true, `service.cpu: Fargate has ${Object.keys(fargateMemory).join(', ')}, not ${cpu}`]]
  return [
    [
      !sizes.includes(memory),
      `service.memory: with ${cpu} CPU units Fargate has ${sizes.join(', ')} MiB, not ${memory}`,
    ],
  ]
}

/** During a deployment old and new tasks run side by side, so the most tasks count twice; a tenth stays free for people. */
function connectionChecks({ database, service }: Environment): Checks {
  const limit = maxConnections(database.instanceClass)
  if (limit === undefined) {
    const known = Object.keys(instanceMemory).join(', ')
    return [[true, `database.instanceClass: ${database.instanceClass} has no known memory size; known: ${known}`]]
  }
  const tasks = service.maxTasks + (service.separateWorker ? service.workerTasks : 0)
  const wanted = service.databasePool * tasks * 2
  return [
    [service.databasePool < 1, 'service.databasePool: at least 1'],
    [
      wanted > limit * 0.9,
      `service.databasePool: ${service.databasePool} x ${tasks} tasks x 2 (deployments) = ${wanted} connections, but ${database.instanceClass} allows ${limit}`,
    ],
  ]
}

export const isEmail = (text: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)

export function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

function isPrivateRange(cidr: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)
  if (!match) return false
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  const aligned = address % 2 ** (32 - bits) === 0
  const reserved = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
  return aligned && reserved && [a, b, c, d].every((part) => part <= 255) && bits >= 16 && bits <= 22
}

/** GiB from..to in steps, as MiB. */
function range(from: number, to: number, step = 1): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024)
}
