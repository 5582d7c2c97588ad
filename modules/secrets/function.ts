import { createHash } from 'node:crypto'
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js'
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js'
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js'
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js'
import type { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js'
import { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation/index.js'
import type { ModuleScope } from '../define.ts'
import { policy, trust } from '../iam.ts'
import { waive } from '../waive.ts'
import { rotationCode } from './bundle.ts'

interface Settings {
  readonly name: string
  readonly secretArns: readonly string[]
  readonly kmsKeyArn: string
  readonly permissionsBoundary: string
  readonly logDays: number
}

/** The function, and the permission that a schedule has to wait for. */
export interface Rotation {
  readonly lambda: LambdaFunction
  readonly permission: LambdaPermission
}

/** Findings of the scanner about the function, and why they stay. */
const accepted = {
  CKV_AWS_50: 'Four short calls a month: its log tells all',
  CKV_AWS_115: 'Secrets Manager calls it one step at a time, and a reservation fails in accounts with a small quota',
  CKV_AWS_116: 'Secrets Manager repeats a failed step, and a failed rotation raises an alarm',
  CKV_AWS_117: 'Speaks to Secrets Manager only, nothing in the VPC',
  CKV_AWS_272: 'Built from this repository at synth; its hash is in the plan',
}

/** The function that gives a secret a new random value. It may touch the named secrets only. */
export function rotationFunction(scope: ModuleScope, settings: Settings): Rotation {
  const { name, secretArns, kmsKeyArn, logDays, permissionsBoundary } = settings
  const account = new DataAwsCallerIdentity(scope, 'current', {})
  const logGroup = new CloudwatchLogGroup(scope, 'rotation_logs', {
    name: `/aws/lambda/${name}`,
    retentionInDays: logDays,
    kmsKeyId: kmsKeyArn,
  })
  const role = new IamRole(scope, 'rotation_role', {
    namePrefix: `${name}-`,
    permissionsBoundary,
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html documents no condition
    assumeRolePolicy: trust('lambda.amazonaws.com'),
  })
  const rights = new IamRolePolicy(scope, 'rotation_rights', {
    role: role.id,
    policy: policy([
      {
        sid: 'RotateTheseSecrets',
        actions: [
          'secretsmanager:DescribeSecret', // which version waits for what
          'secretsmanager:GetSecretValue', // test that the new version can be read
          'secretsmanager:PutSecretValue', // write the new version
          'secretsmanager:UpdateSecretVersionStage', // make it the current one
        ],
        resources: secretArns,
      },
      { sid: 'DrawRandomValues', actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] }, // has no resource
      { sid: 'UseTheKeyOfTheSecrets', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [kmsKeyArn] },
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${logGroup.arn}:*`],
      },
    ]),
  })
  const code = rotationCode()
  const lambda = new LambdaFunction(scope, 'rotation', {
    functionName: name,
    description: 'Gives a secret a new random value',
    role: role.arn,
    runtime: 'nodejs22.x', // the newest that provider 5.100 knows, which the rehearsal runs with too
    architectures: ['arm64'],
    handler: 'handler.handler',
    filename: scope.file('rotation.zip', code),
    sourceCodeHash: createHash('sha256').update(code).digest('base64'),
    memorySize: 128,
    timeout: 30, // seconds
    loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
    dependsOn: [rights],
  })
  for (const [check, reason] of Object.entries(accepted)) waive(lambda, check, reason)
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
  const permission = new LambdaPermission(scope, 'secrets_manager_may_invoke', {
    functionName: lambda.functionName,
    action: 'lambda:InvokeFunction',
    principal: 'secretsmanager.amazonaws.com',
    sourceAccount: account.accountId,
  })
  return { lambda, permission }
}

/** Rotates a secret every so many days, and by `make rotate` at once. */
export function rotationSchedule(secret: SecretsmanagerSecret, { lambda, permission }: Rotation, days: number): void {
  const schedule = new SecretsmanagerSecretRotation(secret, 'rotation', {
    secretId: secret.id,
    rotationLambdaArn: lambda.arn,
    rotationRules: { automaticallyAfterDays: days },
    rotateImmediately: false, // the first value is new
    dependsOn: [permission],
  })
  waive(schedule, 'CKV_AWS_304', 'The days are an input that refuses more than 90')
}
