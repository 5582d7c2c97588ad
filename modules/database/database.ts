import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js'
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js'
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js'
import { Op } from 'cdktf'
import { defineModule } from '../define.ts'
import { permissionsBoundary, trust } from '../iam.ts'
import { flag, number, text, texts } from '../inputs.ts'
import { parameterGroup } from './parameters.ts'

/** PostgreSQL on RDS (guide, component 3 and 2.1). */
export const database = defineModule('database', {
  description:
    'PostgreSQL on RDS: private, encrypted, with a standby, backups, and a master password that only RDS knows',
  inputs: {
    name: text('Identifier of the instance', {
      pattern: ['^[a-z][a-z0-9-]{1,62}$', 'Lower-case letters, digits and hyphens.'],
    }),
    subnetGroupName: text('Name of the subnet group'),
    subnetIds: texts('Subnets without a way out, in two zones or more', { min: 2 }),
    securityGroupId: text('Security group that lets the tasks in'),
    kmsKeyArn: text('Key that encrypts data, backups, logs and the master password'),
    instanceClass: text('Instance class', { default: 'db.t4g.medium', pattern: ['^db\\.', 'Begins with db.'] }),
    majorVersion: text('Major version of PostgreSQL; minor versions follow in the maintenance window', {
      default: '15',
      pattern: ['^[0-9]+$', 'A major version such as 15: old minor versions can no longer be created.'],
    }),
    storage: number('GiB of storage at first', { default: 100, min: 20 }),
    maxStorage: number('GiB that the storage may grow to by itself', { default: 500, min: 22 }),
    multiAz: flag('Keep a standby in a second zone', { default: true }),
    backupDays: number('Days of backups: the reach of a point-in-time restore', { default: 7, min: 0, max: 35 }),
    databaseName: text('Name of the database', { default: 'wiko_defect_db' }),
    masterUsername: text('Name of the master user, which only migrations use', { default: 'wikoAdmin' }),
    permissionsBoundary,
    logDays: number('Days that the server logs are kept', { default: 30, min: 1 }),
    protection: flag('Refuse deletion, and take a last snapshot when it is allowed', { default: true }),
  },
  outputs: {
    endpoint: 'Host name of the database',
    port: 'Port of the database',
    databaseName: 'Name of the database',
    instanceId: 'Identifier of the instance, as alarms name it',
    masterSecretArn: 'Secret in which RDS keeps the user name and the password of the master',
    userArnPrefix: 'Before a database user name: the ARN that rds-db:connect is allowed on',
  },
  resources(scope, input) {
    const account = new DataAwsCallerIdentity(scope, 'current', {})
    const region = new DataAwsRegion(scope, 'region', {})
    const subnets = new DbSubnetGroup(scope, 'subnets', {
      name: input.subnetGroupName,
      description: `Subnets of ${input.name}`,
      subnetIds: input.subnetIds,
    })
    // Made before the instance, which would make them without retention and key.
    const logGroups = ['postgresql', 'upgrade'].map(
      (log) =>
        new CloudwatchLogGroup(scope, log, {
          name: `/aws/rds/instance/${input.name}/${log}`,
          retentionInDays: input.logDays,
          kmsKeyId: input.kmsKeyArn,
        }),
    )
    const monitoring = new IamRole(scope, 'monitoring', {
      namePrefix: `${input.name}-monitor-`,
      permissionsBoundary: input.permissionsBoundary,
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
      assumeRolePolicy: trust('monitoring.rds.amazonaws.com', account.accountId),
    })
    const mayMonitor = new IamRolePolicyAttachment(scope, 'monitoring_policy', {
      role: monitoring.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
    })
    const instance = new DbInstance(scope, 'main', {
      identifier: input.name,
      engine: 'postgres',
      // The guide's 15.4 can no longer be created. With the major version only, automatic minor upgrades are no drift.
      engineVersion: input.majorVersion,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: false,
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled', // no paid support after the end of standard support
      instanceClass: input.instanceClass,
      dbName: input.databaseName, // guide, phase 5
      port: 5432,

      // RDS makes, keeps and rotates the password, every 7 days by itself: it is in no state, plan or variable. No schedule of ours:
      // what RDS manages cannot be switched off, so destroying the schedule could fail. The API signs in by IAM token.
      username: input.masterUsername,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: input.kmsKeyArn,
      iamDatabaseAuthenticationEnabled: true,

      storageType: 'gp3',
      allocatedStorage: input.storage,
      maxAllocatedStorage: input.maxStorage,
      storageEncrypted: true,
      kmsKeyId: input.kmsKeyArn,

      multiAz: input.multiAz,
      publiclyAccessible: false,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [input.securityGroupId],
      caCertIdentifier: 'rds-ca-rsa2048-g1', // in the certificate bundle of the API's image
      parameterGroupName: parameterGroup(scope, input.name, input.majorVersion).name,

      backupRetentionPeriod: input.backupDays,
      backupWindow: '18:00-18:30', // UTC: 02:00 at the plant
      maintenanceWindow: 'sat:19:00-sat:20:00', // UTC: Sunday 03:00 at the plant
      copyTagsToSnapshot: true,
      deletionProtection: input.protection,
      skipFinalSnapshot: Op.not(input.protection),
      finalSnapshotIdentifier: `${input.name}-final`,
      deleteAutomatedBackups: Op.not(input.protection),
      applyImmediately: false,

      monitoringInterval: 60,
      monitoringRoleArn: monitoring.arn,
      databaseInsightsMode: 'standard',
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: 7, // free of charge
      performanceInsightsKmsKeyId: input.kmsKeyArn,
      enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
      dependsOn: [...logGroups, mayMonitor],
    })
    return {
      endpoint: instance.address,
      port: instance.port,
      databaseName: instance.dbName,
      instanceId: instance.identifier,
      masterSecretArn: instance.masterUserSecret.get(0).secretArn,
      userArnPrefix: `arn:aws:rds-db:${region.id}:${account.accountId}:dbuser:${instance.resourceId}`,
    }
  },
})
