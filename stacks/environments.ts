import { project } from './names.ts'
import type { Account, Environment } from './settings.ts'

/** Ours: the newest 6.x at the time. After a change of it: `make lock`, `make rehearse`. */
const providerVersion = '6.47.1'

/** Ours: the bucket of all states, which the account stack makes. */
const stateBucket = 'wiko-terraform-state'

/** Production: the values of the deployment guide; what we chose ourselves says so. */
const prod: Environment = {
  name: 'prod',
  tag: 'production', // guide 2.1, tags
  region: 'us-east-1', // guide 1.1
  providerVersion,
  backend: { kind: 's3', bucket: stateBucket }, // ours; Terraform Cloud is the other one for daily use
  protection: true, // ours
  allowUnprotectedProd: false,
  domains: {
    // Guide 3.5 and 3.6. Ours: a zone for the one name, which the owner of wiko.com delegates; zoneId takes an existing zone.
    web: { name: 'defect-analyzer.wiko.com', zone: 'defect-analyzer.wiko.com', zoneId: null },
    api: { name: 'api.wiko-defect-analyzer.com', zone: 'wiko-defect-analyzer.com', zoneId: null }, // guide 3.1
  },
  network: {
    cidrBlock: '10.20.0.0/16', // ours: the guide leaves the VPC open
    zones: ['a', 'b'], // guide 2.5: two subnets
    nat: 'per_zone', // guide, "No Public IPs: ECS tasks use NAT Gateway"; ours: no zone depends on another
    // Ours: image pulls, logs and secrets without NAT. About 7.30 dollars a month for each and zone.
    interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'],
  },
  database: {
    instanceClass: 'db.t4g.medium', // guide, component 3
    majorVersion: '15', // guide 2.1 has 15.4, which RDS no longer creates
    storage: 100, // guide, component 3
    maxStorage: 500, // guide: "auto-scaling enabled"; the ceiling is ours
    multiAz: true, // guide, component 3
    backupDays: 7, // guide, component 3
  },
  cache: {
    engine: 'redis', // guide 2.2
    version: '7.1', // guide: 7.0+; 7.1 is the last Redis on ElastiCache
    nodeType: 'cache.t4g.micro', // guide, component 4
    nodes: 2, // guide, component 4
    snapshotDays: 1, // ours
  },
  images: {
    archive: 'glacier-instant', // guide: Glacier; ours: the kind that still opens at once
    archiveAfterDays: 90, // guide, component 5
    keepOldVersionsDays: 90, // ours
  },
  secrets: { secretKeyDays: 30 }, // guide: "auto-rotation"; the period is ours
  service: {
    architecture: 'ARM64', // ours: a fifth cheaper
    cpu: 2048, // guide, component 2
    memory: 4096, // guide, component 2
    minTasks: 2, // guide, component 2
    maxTasks: 10, // guide, component 2
    spotPercent: 0, // guide: Spot for tasks that are not critical
    cpuTarget: 70, // guide 2.5
    memoryTarget: 70, // guide: "auto-scale based on CPU/memory", target 60-70 %
    inFlightTarget: 12, // ours: analyses in flight per task
    tracePercent: 20, // ours: traces cost by the million, and a fifth tells as much
    reviewSample: 2, // ours: of 2,000 photos a day, 40 to look at
    databasePool: 10, // ours
    shell: false, // ours
    separateWorker: false, // ours
    workerTasks: 2, // ours, with separateWorker
    waitForSteadyState: true, // ours
    variables: { AZURE_AI_ENDPOINT: 'https://wiko.openai.azure.com' }, // a placeholder, put your own resource's
    secrets: {}, // ours
    criticalEmails: [], // ours
  },
  monitoring: {
    logDays: 30, // guide 6.1
    auditLogDays: 365, // ours: flow logs, firewall
    alertEmails: ['your-email@wiko.com'], // guide 6.2: a placeholder, put your own
  },
  // Guide: optional. The rate is ours: a plant's cameras, pages and their pictures come from one address.
  firewall: { enabled: true, rateLimit: 10_000 },
  names: {},
}

/** Staging: the same parts, smaller, without domains of its own, and free to be destroyed. */
const staging: Environment = {
  ...prod,
  name: 'staging',
  tag: 'staging',
  protection: false,
  domains: null,
  network: { ...prod.network, cidrBlock: '10.30.0.0/16', nat: 'single', interfaceEndpoints: [] },
  database: {
    ...prod.database,
    instanceClass: 'db.t4g.micro',
    storage: 20,
    maxStorage: 100,
    multiAz: false,
    backupDays: 1,
  },
  cache: { ...prod.cache, nodes: 1, snapshotDays: 0 },
  images: { ...prod.images, keepOldVersionsDays: 7 },
  service: { ...prod.service, cpu: 1024, memory: 2048, minTasks: 1, maxTasks: 2, spotPercent: 100, shell: true },
  monitoring: { ...prod.monitoring, auditLogDays: 30, alertEmails: [] },
  firewall: { ...prod.firewall, enabled: false },
}

/** The environments by name; each is one stack and one state. */
export const environments: Readonly<Record<string, Environment>> = { prod, staging }

/** What an account has once. */
export const account: Account = {
  region: 'us-east-1',
  providerVersion,
  backend: { kind: 's3', bucket: stateBucket }, // ours; its very first apply has SET=backend.kind=local
  protection: true,
  stateBucket,
  logsBucket: 'wiko-logs-account', // ours
  repository: project, // guide 2.4
  // Ours. The ids are in the `sub` claim of repositories made since July 2026.
  github: {
    repository: 'wiko/wiko-defect-analyzer',
    ownerId: null,
    repositoryId: null,
    environments: ['prod', 'staging'],
    createProvider: true,
  },
  trail: { enabled: true, bucket: 'wiko-cloudtrail', logDays: 365, imageBuckets: ['wiko-defect-images-prod'] },
  budget: { monthlyDollars: 527, emails: ['your-email@wiko.com'] }, // guide: the upper end of the cost table
}
