import type { Entry } from '../modules/network/security-groups.ts'
import type { NatMode, Zone } from '../modules/network/subnets.ts'

/** Where Terraform keeps the state of a stack. */
export type Backend =
  /** A file on this machine: for the very first apply of the account, and for rehearsals. */
  | { readonly kind: 'local'; readonly path?: string }
  /** The account stack's own bucket; S3 locks by itself, without DynamoDB. */
  | {
      readonly kind: 's3'
      readonly bucket: string
      /** ARN of a key of KMS; without it the bucket's default counts, which is the account's key. */
      readonly kmsKeyId?: string
    }
  /** Terraform Cloud, CLI-driven runs. */
  | { readonly kind: 'cloud'; readonly organization: string; readonly project?: string; readonly workspace: string }

/** A public name and the hosted zone that it lies in. */
export interface Domain {
  readonly name: string
  readonly zone: string
  /** Id of an existing hosted zone; null: this environment makes the zone, and its name servers are an output to delegate to. */
  readonly zoneId: string | null
}

/** How old images are kept: Glacier Instant Retrieval, Glacier as the guide has it (hours to restore), or Intelligent-Tiering. */
export type Archive = 'glacier-instant' | 'glacier' | 'intelligent'

export interface NetworkSettings {
  readonly cidrBlock: string
  readonly zones: readonly Zone[]
  readonly nat: NatMode
  readonly interfaceEndpoints: readonly string[]
}

export interface DatabaseSettings {
  readonly instanceClass: string
  /** Major version: the minor one follows by automatic upgrades. */
  readonly majorVersion: string
  /** GiB at first, and the most that it may grow to. */
  readonly storage: number
  readonly maxStorage: number
  readonly multiAz: boolean
  readonly backupDays: number
}

export interface CacheSettings {
  readonly engine: 'redis' | 'valkey'
  readonly version: string
  readonly nodeType: string
  readonly nodes: number
  readonly snapshotDays: number
}

export interface ImagesSettings {
  readonly archive: Archive
  readonly archiveAfterDays: number
  /** Days that replaced and deleted versions can be brought back. */
  readonly keepOldVersionsDays: number
}

export interface SecretsSettings {
  /** Days between rotations of SECRET_KEY. */
  readonly secretKeyDays: number
}

export interface ServiceSettings {
  readonly architecture: 'ARM64' | 'X86_64'
  /** Fargate CPU units (1024 = 1 vCPU) and MiB. */
  readonly cpu: number
  readonly memory: number
  readonly minTasks: number
  readonly maxTasks: number
  /** Share of tasks over the minimum that run on Fargate Spot, in percent. */
  readonly spotPercent: number
  /** Targets that autoscaling keeps to. */
  readonly cpuTarget: number
  readonly memoryTarget: number
  readonly inFlightTarget: number
  readonly tracePercent: number
  /** Share of photos that a person checks whatever the verdict, in percent: what recall is estimated from. */
  readonly reviewSample: number
  /** Connections of one task to the database. */
  readonly databasePool: number
  /** Shell and port forwarding into tasks (ECS Exec), logged: `make db-shell` needs it. */
  readonly shell: boolean
  /** Analyses from the queue run in a service of their own. */
  readonly separateWorker: boolean
  /** Tasks of that service. */
  readonly workerTasks: number
  /** An apply ends when the new tasks run, and fails where they do not. */
  readonly waitForSteadyState: boolean
  /** More environment variables of the API, such as AZURE_AI_ENDPOINT. */
  readonly variables: Readonly<Record<string, string>>
  /** More secrets of the API, such as WEBHOOK_SECRET: ARNs of secrets that are made elsewhere, by variable. */
  readonly secrets: Readonly<Record<string, string>>
  /** Who gets critical verdicts by mail. */
  readonly criticalEmails: readonly string[]
}

export interface MonitoringSettings {
  readonly logDays: number
  readonly auditLogDays: number
  readonly alertEmails: readonly string[]
}

export interface FirewallSettings {
  readonly enabled: boolean
  /** Requests of one address in five minutes. */
  readonly rateLimit: number
}

/** Everything that distinguishes one environment from another. */
export interface Environment {
  readonly name: string
  /** Value of the tag Environment. */
  readonly tag: string
  readonly region: string
  /** Version of the AWS provider, exactly: everybody plans with the same one. */
  readonly providerVersion: string
  readonly backend: Backend
  /** Deletion protection, final snapshot, recovery window of secrets, and no deletion of buckets that hold something: all in one. */
  readonly protection: boolean
  /** The second switch: prod without protection, as a rehearsal wants it. */
  readonly allowUnprotectedProd: boolean
  /** null: CloudFront's own name serves the page and forwards /api/* to the load balancer. */
  readonly domains: { readonly web: Domain; readonly api: Domain } | null
  readonly network: NetworkSettings
  readonly database: DatabaseSettings
  readonly cache: CacheSettings
  readonly images: ImagesSettings
  readonly secrets: SecretsSettings
  readonly service: ServiceSettings
  readonly monitoring: MonitoringSettings
  readonly firewall: FirewallSettings
  /** Names that differ from the rule in names.ts. Bucket names are shared by all AWS customers. */
  readonly names: Readonly<Record<string, string>>
}

/** Settings of what an account has once. */
export interface Account {
  readonly region: string
  /** As above. */
  readonly providerVersion: string
  readonly backend: Backend
  readonly protection: boolean
  readonly stateBucket: string
  /** Access logs of the account's own buckets. */
  readonly logsBucket: string
  readonly repository: string
  readonly github: {
    readonly repository: string
    readonly ownerId: string | null
    readonly repositoryId: string | null
    /** Environments at GitHub whose workflow runs may deploy. */
    readonly environments: readonly string[]
    readonly createProvider: boolean
  }
  readonly trail: {
    readonly enabled: boolean
    readonly bucket: string
    readonly logDays: number
    readonly imageBuckets: readonly string[]
  }
  readonly budget: { readonly monthlyDollars: number; readonly emails: readonly string[] }
}

/** How a network is entered: by the load balancer's own domain, or through CloudFront only. */
export const entryOf = ({ domains }: Environment): Entry => (domains ? 'internet' : 'cloudfront')

/**
 * Settings with some replaced, from texts such as `service.maxTasks=4`; a value is JSON or else a plain text.
 * @returns the settings, and one fault for each text that names no setting or gives it another type.
 */
export function override<T extends object>(settings: T, texts: readonly string[]): { settings: T; faults: string[] } {
  const result = structuredClone(settings)
  const faults = texts.flatMap((text) => {
    const [path = '', raw] = splitOnce(text, '=')
    if (raw === undefined) return [`${text}: write it as setting=value`]
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const holder = keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), result)
    if (!isRecord(holder) || !(last in holder)) return [`${path}: there is no such setting`]
    const before = holder[last]
    const parsed = parse(raw)
    const value = typeof before === 'string' && parsed !== null ? textOf(parsed, raw) : parsed // a version such as 7.1 stays a text
    if (before !== null && value !== null && kindOf(value) !== kindOf(before)) {
      return [`${path}: must be a ${kindOf(before)}, not ${raw}`]
    }
    holder[last] = value
    return []
  })
  return { settings: result, faults }
}

const splitOnce = (text: string, by: string): [string, string?] => {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value)

const textOf = (parsed: unknown, raw: string) => (typeof parsed === 'string' ? parsed : raw)

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return raw
  }
}
