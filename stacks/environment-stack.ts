import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { Fn, type TerraformProvider, TerraformVariable } from 'cdktf'
import { address } from '../modules/address/address.ts'
import { cache } from '../modules/cache/cache.ts'
import { database } from '../modules/database/database.ts'
import { domain } from '../modules/domain/domain.ts'
import { encryption } from '../modules/encryption/encryption.ts'
import { firewall } from '../modules/firewall/firewall.ts'
import { images } from '../modules/images/images.ts'
import { logs } from '../modules/logs/logs.ts'
import { monitoring as monitor } from '../modules/monitoring/monitoring.ts'
import { network } from '../modules/network/network.ts'
import { secrets } from '../modules/secrets/secrets.ts'
import { service } from '../modules/service/service.ts'
import { cloudfrontSource } from '../modules/website/access-logs.ts'
import { website } from '../modules/website/website.ts'
import { deliveryName, namesOf, project } from './names.ts'
import { RootStack } from './root.ts'
import { type Domain, type Environment, entryOf } from './settings.ts'
import { databaseSize } from './validate.ts'

/** The API's user of the database: data only, and in the audit log only new rows. Migrations make it. */
const databaseUser = 'wiko_api'

type Names = ReturnType<typeof namesOf>
type Net = ReturnType<typeof network>
type AccessLogs = ReturnType<typeof logs>
type Db = ReturnType<typeof database>
type Redis = ReturnType<typeof cache>
type Api = ReturnType<typeof service>
type OwnDomain = ReturnType<typeof domain>

/** What the modules make, as later ones refer to it. */
interface Built {
  net: Net
  accessLogs: AccessLogs
  domains: { web: OwnDomain; api: OwnDomain } | null
  db: Db
  redis: Redis
  pictures: ReturnType<typeof images>
  secret: ReturnType<typeof secrets>
  api: Api
  wall: ReturnType<typeof firewall> | null
  monitored: ReturnType<typeof monitor>
  web: ReturnType<typeof website>
}
type ServiceParts = Pick<Built, 'net' | 'accessLogs' | 'domains' | 'db' | 'redis' | 'pictures' | 'secret'>

/** A whole environment in one state, so that one plan shows everything. */
export class EnvironmentStack extends RootStack {
  readonly #environment: Environment
  readonly #names: Names
  /** The account stack makes it (modules/deployer): a deployment can give its roles no more than that. */
  readonly #permissionsBoundary: string
  readonly #kmsKeyArn: string

  constructor(environment: Environment) {
    super(environment)
    this.#environment = environment
    this.#names = namesOf(environment.name, environment.names)
    const { accountId } = new DataAwsCallerIdentity(this, 'current', {})
    this.#permissionsBoundary = `arn:aws:iam::${accountId}:policy/${deliveryName}-boundary-${environment.name}`
    const { protection } = environment
    this.#kmsKeyArn = encryption(this, { name: this.#names.network, deletionDays: protection ? 30 : 7 }).keyArn

    const net = this.#network()
    const accessLogs = this.#accessLogs()
    const domains = this.#domains()
    const db = this.#database(net)
    const redis = this.#cache(net)
    const pictures = this.#images(accessLogs)
    const secret = this.#secrets(db, redis)
    const api = this.#service({ net, accessLogs, domains, db, redis, pictures, secret })
    const wall = this.#firewall(api)
    const monitored = this.#monitoring({ api, db, redis, pictures, secret })
    const web = this.#website({ api, accessLogs, domains, wall })
    this.#addresses(domains, web, api)
    this.#publish({ net, domains, db, redis, pictures, secret, api, monitored, web })
  }

  #network() {
    const { nat, ...addressing } = this.#environment.network
    return network(this, {
      ...addressing,
      natMode: nat,
      name: this.#names.network,
      entry: entryOf(this.#environment),
      flowLogDays: this.#environment.monitoring.auditLogDays,
      kmsKeyArn: this.#kmsKeyArn,
      permissionsBoundary: this.#permissionsBoundary,
    })
  }

  #accessLogs() {
    return logs(this, {
      bucketName: this.#names.logsBucket,
      days: this.#environment.monitoring.auditLogDays,
      forceDestroy: !this.#environment.protection,
      cloudfrontSource: cloudfrontSource(this.#names.webBucket),
    })
  }

  /** Null without domains of our own. */
  #domains() {
    const { domains } = this.#environment
    if (!domains) return null
    const web = this.#domain('web_domain', domains.web, this.usEast1)
    const shared = domains.web.zone === domains.api.zone ? web.zoneId : undefined
    return { web, api: this.#domain('api_domain', domains.api, this.aws, shared) }
  }

  #database(net: Net) {
    const { database: settings, monitoring, protection } = this.#environment
    return database(this, {
      ...settings,
      name: this.#names.database,
      subnetGroupName: this.#names.databaseSubnetGroup,
      subnetIds: net.dataSubnetIds,
      securityGroupId: net.databaseSecurityGroupId,
      kmsKeyArn: this.#kmsKeyArn,
      permissionsBoundary: this.#permissionsBoundary,
      logDays: monitoring.logDays,
      protection,
    })
  }

  #cache(net: Net) {
    const { version: engineVersion, ...size } = this.#environment.cache
    return cache(this, {
      ...size,
      engineVersion,
      name: this.#names.cache,
      subnetGroupName: this.#names.cacheSubnetGroup,
      subnetIds: net.dataSubnetIds,
      securityGroupId: net.cacheSecurityGroupId,
      kmsKeyArn: this.#kmsKeyArn,
      logDays: this.#environment.monitoring.logDays,
      protection: this.#environment.protection,
    })
  }

  #images(accessLogs: AccessLogs) {
    const { images: settings, protection, domains } = this.#environment
    return images(this, {
      ...settings,
      bucketName: this.#names.imagesBucket,
      forceDestroy: !protection,
      accessLogs: true,
      logBucket: accessLogs.bucketName,
      corsOrigins: domains ? [`https://${domains.web.name}`] : [],
    })
  }

  #secrets(db: Db, redis: Redis) {
    const { secrets: settings, monitoring, protection } = this.#environment
    return secrets(this, {
      prefix: this.#names.secrets,
      kmsKeyArn: this.#kmsKeyArn,
      permissionsBoundary: this.#permissionsBoundary,
      // Guide 4.1, without the passwords: the API signs in by IAM token, as a user of its own.
      databaseUrl: `postgresql://${databaseUser}@${db.endpoint}:5432/${db.databaseName}?sslmode=verify-full`,
      redisUrl: `rediss://${redis.userName}@${redis.endpoint}:6379/0`,
      secretKeyDays: settings.secretKeyDays,
      recoveryDays: protection ? 30 : 0,
      logDays: monitoring.logDays,
    })
  }

  #service({ net, accessLogs, domains, db, redis, pictures, secret }: ServiceParts) {
    const names = this.#names
    const { monitoring, protection, tag, domains: named } = this.#environment
    const { shell, separateWorker, reviewSample, ...size } = this.#environment.service
    const variables = { REVIEW_SAMPLE: String(reviewSample), ...this.#environment.service.variables }
    return service(
      this,
      {
        ...size,
        name: names.prefix,
        environment: tag,
        kmsKeyArn: this.#kmsKeyArn,
        permissionsBoundary: this.#permissionsBoundary,
        protection,
        loadBalancerName: names.loadBalancer,
        targetGroupName: names.targetGroup,
        clusterName: names.cluster,
        serviceName: names.service,
        workerServiceName: names.workerService,
        family: names.taskFamily,
        criticalTopicName: names.criticalTopic,
        logGroupName: names.logGroup,
        logDays: monitoring.logDays,
        shellLogDays: monitoring.auditLogDays,
        vpcId: net.vpcId,
        publicSubnetIds: net.publicSubnetIds,
        privateSubnetIds: net.privateSubnetIds,
        loadBalancerSecurityGroupId: net.loadBalancerSecurityGroupId,
        taskSecurityGroupId: net.taskSecurityGroupId,
        certificateArn: domains?.api.certificateArn,
        logBucket: accessLogs.bucketName,
        repository: project,
        imageTag: this.#imageTag(),
        // Guide 2.5. Without domains the page and the API have one origin, and CORS is not needed.
        variables: named ? { CORS_ORIGINS: `https://${named.web.name}`, ...variables } : variables,
        azureApiKeyArn: secret.azureApiKeyArn,
        apiKeyArn: secret.apiKeyArn,
        secretKeyArn: secret.secretKeyArn,
        databaseUrlArn: secret.databaseUrlArn,
        redisUrlArn: secret.redisUrlArn,
        databaseMasterSecretArn: db.masterSecretArn,
        databaseUserArn: `${db.userArnPrefix}/${databaseUser}`,
        cacheArn: Fn.element(redis.connectArns, 0),
        cacheUserArn: Fn.element(redis.connectArns, 1),
        cacheGroupId: redis.groupId,
        imagesBucketName: pictures.bucketName,
        imagesBucketArn: pictures.bucketArn,
      },
      { entry: entryOf(this.#environment), shell, separateWorker },
    )
  }

  /** Where requests to the API come in: at the load balancer, or without domains at CloudFront. */
  #firewall(api: Api) {
    const { firewall: settings, domains, monitoring } = this.#environment
    if (!settings.enabled) return null
    return firewall(
      this,
      {
        name: this.#names.prefix,
        rateLimit: settings.rateLimit,
        logDays: monitoring.auditLogDays,
        ...(domains ? { loadBalancerArn: api.loadBalancerArn, kmsKeyArn: this.#kmsKeyArn } : {}),
      },
      { scope: domains ? 'REGIONAL' : 'CLOUDFRONT' },
      { providers: { us_east_1: this.usEast1 } },
    )
  }

  #monitoring({ api, db, redis, pictures, secret }: Pick<Built, 'api' | 'db' | 'redis' | 'pictures' | 'secret'>) {
    const { monitoring, database: settings, service: size, cache: nodes, tag } = this.#environment
    const limits = databaseSize(settings.instanceClass)
    return monitor(
      this,
      {
        name: this.#names.prefix,
        topicName: this.#names.topic,
        alertEmails: monitoring.alertEmails,
        kmsKeyArn: this.#kmsKeyArn,
        environment: tag,
        loadBalancerArnSuffix: api.loadBalancerArnSuffix,
        targetGroupArnSuffix: api.targetGroupArnSuffix,
        clusterName: api.clusterName,
        serviceName: api.serviceName,
        serviceArn: api.serviceArn,
        maxTasks: size.maxTasks,
        latencyScalingPolicyArn: api.latencyScalingPolicyArn,
        logGroupName: api.logGroupName,
        databaseId: db.instanceId,
        databaseConnections: limits.connections,
        databaseMemory: limits.memory,
        databaseStorage: settings.storage,
        cacheGroupId: redis.groupId,
        imagesBucketName: pictures.bucketName,
        rotationFunctionName: secret.rotationFunctionName,
      },
      { cacheNodes: nodes.nodes },
    )
  }

  #website({ api, accessLogs, domains, wall }: Pick<Built, 'api' | 'accessLogs' | 'domains' | 'wall'>) {
    const { domains: named, protection } = this.#environment
    return website(
      this,
      {
        bucketName: this.#names.webBucket,
        domainName: named?.web.name,
        certificateArn: domains?.web.certificateArn,
        apiOrigins: named ? [`https://${named.api.name}`] : [],
        ...(named
          ? {}
          : {
              loadBalancerDnsName: api.loadBalancerDnsName,
              originHeaderValue: api.originHeaderValue,
              webAclArn: wall?.webAclArn,
            }),
        forceDestroy: !protection,
        accessLogs: true,
        logBucket: accessLogs.bucketName,
        logBucketArn: accessLogs.bucketArn,
      },
      { ownDomain: named !== null, forwardApi: named ? null : 'http-only' },
      { providers: { us_east_1: this.usEast1 } },
    )
  }

  /** The names that lead to the page and the API. */
  #addresses(domains: Built['domains'], web: Built['web'], api: Api): void {
    const { domains: named } = this.#environment
    if (!named || !domains) return
    address(
      this,
      { zoneId: domains.web.zoneId, name: named.web.name, target: web.domainName, targetZoneId: web.hostedZoneId },
      {},
      { as: 'web_address' },
    )
    address(
      this,
      {
        zoneId: domains.api.zoneId,
        name: named.api.name,
        target: api.loadBalancerDnsName,
        targetZoneId: api.loadBalancerZoneId,
        ipv6: false, // the network has IPv4 only
      },
      {},
      { as: 'api_address' },
    )
  }

  #publish({
    net,
    domains,
    db,
    redis,
    pictures,
    secret,
    api,
    monitored,
    web,
  }: Omit<Built, 'accessLogs' | 'wall'>): void {
    const { domains: named } = this.#environment
    this.publish({
      page: [web.url, 'The page'],
      api: [named ? `https://${named.api.name}` : web.url, 'The API'],
      page_bucket: [web.bucketName, 'Bucket that the built page is uploaded to'],
      distribution: [web.distributionId, 'CloudFront distribution to invalidate after an upload'],
      ...(domains
        ? {
            page_name_servers: [domains.web.nameServers, "Name servers that the page's domain has to be delegated to"],
            api_name_servers: [domains.api.nameServers, "Name servers that the API's domain has to be delegated to"],
          }
        : {}),
      load_balancer: [api.loadBalancerDnsName, "The load balancer's own name"],
      cluster: [api.clusterName, 'ECS cluster'],
      service: [api.serviceName, 'ECS service of the API'],
      image_tag: [api.imageTag, 'Tag of the image that runs'],
      api_logs: [api.logGroupName, "Log group of the API's containers"],
      dashboard: [monitored.dashboardUrl, 'Dashboard'],
      alerts: [monitored.topicArn, 'Topic that alarms go to'],
      critical_verdicts: [api.eventsTopicArn, 'Topic that critical verdicts go to'],
      database: [db.endpoint, 'PostgreSQL, inside the network only'],
      cache: [redis.endpoint, 'Redis, inside the network only'],
      images_bucket: [pictures.bucketName, 'Bucket of the photos'],
      outbound_addresses: [net.natAddresses, 'Addresses that our calls come from, for allow lists'],
      secrets: [
        [secret.azureApiKeyArn, secret.apiKeyArn, secret.secretKeyArn, secret.databaseUrlArn, secret.redisUrlArn],
        'ARNs of the five secrets',
      ],
      database_master_secret: [db.masterSecretArn, 'Secret in which RDS keeps its master user, for migrations'],
    })
  }

  /** The tag to run, as `make plan IMAGE_TAG=` gives it; none keeps the one that runs. */
  #imageTag(): string {
    const variable = new TerraformVariable(this, 'image_tag', {
      type: 'string',
      description: 'Tag of the image to run; without one, the tag that runs stays',
    })
    variable.addOverride('default', null) // CDKTF cannot write a null
    return variable.stringValue
  }

  /** Certificate and hosted zone of a name; two names of one zone share the zone that the first call makes. */
  #domain(as: string, { name, zone, zoneId }: Domain, certificate: TerraformProvider, sharedZoneId?: string) {
    const existing = zoneId ?? sharedZoneId
    return domain(
      this,
      { name, zone, zoneId: existing, makeZone: existing === undefined },
      {},
      { as, providers: { certificate } },
    )
  }
}
