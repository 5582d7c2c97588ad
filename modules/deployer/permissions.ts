import { noContents } from '../delivery/permissions.ts'
import type { Statement } from '../iam.ts'

/** What the statements below speak of. */
export interface Subject {
  readonly account: string
  readonly environment: string
  /** Value of the tag Environment that everything of the environment carries. */
  readonly tag: string
  readonly stateBucketArn: string
  /** Policy that limits every role which this one makes. */
  readonly boundaryArn: string
  /** Names of the environment's roles, as IAM patterns. */
  readonly roleNames: readonly string[]
  readonly imagesBucketArn: string
  /** Tags and ARNs of the other environments. */
  readonly foreignTags: readonly string[]
  readonly foreignArns: readonly string[]
}

/** Another environment: by its tag, and by name where AWS does not authorize by tags (buckets, states). */
const nothingOfOthers = ({ foreignTags, foreignArns }: Subject): Statement[] => {
  const statements: Statement[] = [
    { sid: 'NotTheBucketsOfOthers', effect: 'Deny', actions: ['*'], resources: foreignArns },
  ]
  if (foreignTags.length > 0)
    statements.push({
      sid: 'NotWhatOthersOwn',
      effect: 'Deny',
      actions: ['*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:ResourceTag/Environment': foreignTags } },
    })
  return statements
}

/**
 * The most that a role of the environment can ever do, whatever policy somebody writes for it: what its tasks and functions need,
 * on no data but the environment's own. No rights over IAM, and no other role.
 */
export const boundary = (subject: Subject): readonly Statement[] => [
  {
    sid: 'PhotosOfTheEnvironment',
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:RestoreObject', 's3:ListBucket'],
    resources: [subject.imagesBucketArn, `${subject.imagesBucketArn}/*`],
  },
  {
    sid: 'WhatTasksAndFunctionsDo',
    actions: [
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
      'secretsmanager:GetRandomPassword',
      'kms:Decrypt',
      'kms:GenerateDataKey*',
      'rds-db:connect',
      'elasticache:Connect',
      'sns:Publish',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'ecr:GetAuthorizationToken',
      'ecr:BatchGetImage',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogGroup', // this and the next are in AWS's policy for RDS's enhanced monitoring
      'logs:PutRetentionPolicy',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    resources: ['*'],
  },
  ...nothingOfOthers(subject),
]

/** Pages that were served, in the buckets of pages (ops/deploy/page-releases.ts): what a rollback goes back to. */
const keptPages = 'arn:aws:s3:::*/releases/*'

/** Services that the environment's roles are handed to. */
const services = [
  'ecs-tasks.amazonaws.com',
  'ecs.amazonaws.com',
  'lambda.amazonaws.com',
  'monitoring.rds.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
]

/** Besides AWS's PowerUserAccess, which is everything but IAM: the environment's own roles, and none without the boundary. */
export const deployPermissions = (subject: Subject, ownArns: readonly string[]): readonly Statement[] => {
  const { account, tag, stateBucketArn, boundaryArn } = subject
  const roles = subject.roleNames.map((name) => `arn:aws:iam::${account}:role/${name}`)
  const limited = { 'iam:PermissionsBoundary': boundaryArn }
  return [
    {
      sid: 'MakeRolesWithinTheBoundary',
      actions: ['iam:CreateRole'],
      resources: roles,
      conditions: { StringEquals: { ...limited, 'aws:RequestTag/Environment': tag } },
    },
    {
      sid: 'GiveRightsWithinTheBoundary',
      actions: [
        'iam:PutRolePolicy',
        'iam:AttachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
      ],
      resources: roles,
      conditions: { StringEquals: limited },
    },
    {
      sid: 'KeepRoles',
      actions: ['iam:UpdateRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:TagRole', 'iam:UntagRole'],
      resources: roles,
      conditions: { StringEquals: { 'aws:ResourceTag/Environment': tag } },
    },
    {
      sid: 'SeeRoles',
      actions: [
        'iam:GetRole',
        'iam:ListRoleTags',
        'iam:GetRolePolicy',
        'iam:ListRolePolicies',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole', // Terraform asks before it deletes a role
      ],
      resources: roles,
    },
    {
      sid: 'HandRolesToServices',
      actions: ['iam:PassRole'],
      resources: roles,
      conditions: { StringEquals: { 'iam:PassedToService': services } },
    },
    { sid: 'NotItselfNorTheBoundary', effect: 'Deny', actions: ['iam:*'], resources: ownArns },
    { sid: 'NoOtherRole', effect: 'Deny', actions: ['sts:AssumeRole'], resources: ['*'] },
    {
      sid: 'NotTheTrail',
      effect: 'Deny',
      actions: [
        'cloudtrail:DeleteTrail',
        'cloudtrail:StopLogging',
        'cloudtrail:UpdateTrail',
        'cloudtrail:PutEventSelectors',
      ],
      resources: ['*'],
    },
    {
      sid: 'NotTheHistoryOfStates',
      effect: 'Deny',
      actions: [
        's3:DeleteBucket',
        's3:DeleteObjectVersion',
        's3:PutBucketVersioning',
        's3:PutLifecycleConfiguration',
        's3:PutBucketPolicy',
        's3:DeleteBucketPolicy',
      ],
      resources: [stateBucketArn, `${stateBucketArn}/*`],
    },
    ...nothingOfOthers(subject),
    ...noContents(`${stateBucketArn}/${subject.environment}.tfstate*`, [keptPages]),
  ]
}

/** Route 53 authorizes by no tag: an environment without names of its own changes none. */
export const noNames: Statement = {
  sid: 'NoNames',
  effect: 'Deny',
  actions: ['route53:ChangeResourceRecordSets', 'route53:CreateHostedZone', 'route53:DeleteHostedZone'],
  resources: ['*'],
}
