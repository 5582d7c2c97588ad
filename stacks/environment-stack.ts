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

/** A whole environment in one state, so that one plan shows everything. */
export class EnvironmentStack extends RootStack {
  constructor(environment: Environment) {
    super(environment)
    const names = namesOf(environment.name, environment.names)

    const { protection, monitoring } = environment
    const { accountId } = new DataAwsCallerIdentity(this, 'current', {})
    // The account stack makes it (modules/deployer): a deployment can give its roles no more than that.
    const permissionsBoundary = `arn:aws:iam::${accountId}:policy/${deliveryName}-boundary-${environment.name}`
    const { keyArn: kmsKeyArn } = encryption(this, { name: names.network, deletionDays: protection ? 30 : 7 })
    const { nat, ...addressing } = environment.network
    const net = network(this, {
      ...addressing,
      natMode: nat,
      name: names.network,
      entry: entryOf(environment),
      flowLogDays: monitoring.auditLogDays,
      kmsKeyArn,
      permissionsBoundary,
    })
    const accessLogs = logs(this, {
      bucketName: names.logsBucket,
      days: monitoring.auditLogDays,
      forceDestroy: !protection,
      cloudfrontSource: cloudfrontSource(names.webBucket),
    })
    const { domains } = environment
    const webDomain = domains && this.domain('web_domain', domains.web, this.usEast1)
    const shared = domains?.web.zone === domains?.api.zone ? webDomain?.zoneId : undefined
    const apiDomain = domains && this.domain('api_domain', domains.api, this.aws, shared)
    const db = database(this, {
      ...environment.database,
      name: names.database,
      subnetGroupName: names.databaseSubnetGroup,
      subnetIds: net.dataSubnetIds,
      securityGroupId: net.databaseSecurityGroupId,
      kmsKeyArn,
      permissionsBoundary,
      logDays: monitoring.logDays,
      protection,
    })
    const { version: engineVersion, ...cacheSize } = environment.cache
    const redis = cache(this, {
      ...cacheSize,
      engineVersion,
      name: names.cache,
      subnetGroupName: names.cacheSubnetGroup,
      subnetIds: net.dataSubnetIds,
      securityGroupId: net.cacheSecurityGroupId,
      kmsKeyArn,
      logDays: monitoring.logDays,
      protection,
    })
    const pictures = images(this, {
      ...environment.images,
      bucketName: names.imagesBucket,
      forceDestroy: !protection,
      accessLogs: true,
      logBucket: accessLogs.bucketName,
      corsOrigins: domains ? [`https://${domains.web.name}`] : [],
    })
    const secret = secrets(this, {
      prefix: names.secrets,
      kmsKeyArn,
      permissionsBoundary,
      // Guide 4.1, without the passwords: the API signs in by IAM token, as a user of its own.
      databaseUrl: `postgresql://${databaseUser}@${db.endpoint}:5432/${db.databaseName}?sslmode=verify-full`,
      redisUrl: `rediss://${redis.userName}@${redis.endpoint}:6379/0`,
      secretKeyDays: environment.secrets.secretKeyDays,
      recoveryDays: protection ? 30 : 0,
      logDays: monitoring.logDays,
    })

    const { shell, separateWorker, reviewSample, ...size } = environment.service
    const variables = { REVIEW_SAMPLE: String(reviewSample), ...environment.service.variables }
    const api = service(
      this,
      {
        ...size,
        name: names.prefix,
        environment: environment.tag,
        kmsKeyArn,
        permissionsBoundary,
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
        certificateArn: apiDomain?.certificateArn,
        logBucket: accessLogs.bucketName,
        repository: project,
        imageTag: this.imageTag(),
        // Guide 2.5. Without domains the page and the API have one origin, and other origins have no business here.
        variables: domains ? { CORS_ORIGINS: `https://${domains.web.name}`, ...variables } : variables,
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
      { entry: entryOf(environment), shell, separateWorker },
    )
    // Where requests to the API come in: at the load balancer, or without domains at CloudFront.
    const wall = environment.firewall.enabled
      ? firewall(
          this,
          {
            name: names.prefix,
            rateLimit: environment.firewall.rateLimit,
            logDays: monitoring.auditLogDays,
            ...(domains ? { loadBalancerArn: api.loadBalancerArn, kmsKeyArn } : {}),
          },
          { scope: domains ? 'REGIONAL' : 'CLOUDFRONT' },
          { providers: { us_east_1: this.usEast1 } },
        )
      : undefined
    const databaseLimits = databaseSize(environment.database.instanceClass)
    const monitored = monitor(
      this,
      {
        name: names.prefix,
        topicName: names.topic,
        alertEmails: monitoring.alertEmails,
        kmsKeyArn,
        environment: environment.tag,
        loadBalancerArnSuffix: api.loadBalancerArnSuffix,
        targetGroupArnSuffix: api.targetGroupArnSuffix,
        clusterName: api.clusterName,
        serviceName: api.serviceName,
        serviceArn: api.serviceArn,
        maxTasks: size.maxTasks,
        latencyScalingPolicyArn: api.latencyScalingPolicyArn,
        logGroupName: api.logGroupName,
        databaseId: db.instanceId,
        databaseConnections: databaseLimits.connections,
        databaseMemory: databaseLimits.memory,
        databaseStorage: environment.database.storage,
        cacheGroupId: redis.groupId,
        imagesBucketName: pictures.bucketName,
        rotationFunctionName: secret.rotationFunctionName,
      },
      { cacheNodes: environment.cache.nodes },
    )

    const web = website(
      this,
      {
        bucketName: names.webBucket,
        domainName: domains?.web.name,
        certificateArn: webDomain?.certificateArn,
        apiOrigins: domains ? [`https://${domains.api.name}`] : [],
        ...(domains
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
      { ownDomain: domains !== null, forwardApi: domains ? null : 'http-only' },
      { providers: { us_east_1: this.usEast1 } },
    )
    if (domains && webDomain && apiDomain) {
      address(
        this,
        { zoneId: webDomain.zoneId, name: domains.web.name, target: web.domainName, targetZoneId: web.hostedZoneId },
        {},
        { as: 'web_address' },
      )
      address(
        this,
        {
          zoneId: apiDomain.zoneId,
          name: domains.api.name,
          target: api.loadBalancerDnsName,
          targetZoneId: api.loadBalancerZoneId,
          ipv6: false, // the network has IPv4 only
        },
        {},
        { as: 'api_address' },
      )
    }
    this.publish({
      page: [web.url, 'The page'],
      api: [domains ? `https://${domains.api.name}` : web.url, 'The API'],
      page_bucket: [web.bucketName, 'Bucket that the built page is uploaded to'],
      distribution: [web.distributionId, 'CloudFront distribution to invalidate after an upload'],
      ...(webDomain && apiDomain
        ? {
            page_name_servers: [webDomain.nameServers, "Name servers that the page's domain has to be delegated to"],
            api_name_servers: [apiDomain.nameServers, "Name servers that the API's domain has to be delegated to"],
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
  private imageTag(): string {
    const variable = new TerraformVariable(this, 'image_tag', {
      type: 'string',
      description: 'Tag of the image to run; without one, the tag that runs stays',
    })
    variable.addOverride('default', null) // CDKTF cannot write a null
    return variable.stringValue
  }

  /** Certificate and hosted zone of a name; two names of one zone share the zone that the first call makes. */
  private domain(as: string, { name, zone, zoneId }: Domain, certificate: TerraformProvider, sharedZoneId?: string) {
    const existing = zoneId ?? sharedZoneId
    return domain(
      this,
      { name, zone, zoneId: existing, makeZone: existing === undefined },
      {},
      { as, providers: { certificate } },
    )
  }
}
