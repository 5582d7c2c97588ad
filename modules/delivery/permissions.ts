import type { Statement } from '../iam.ts'

/** What the statements below speak of. */
export interface Subject {
  readonly account: string
  readonly stateBucketArn: string
  readonly kmsKeyArn: string
  /** The roles and the identity provider of this module. */
  readonly ownArns: readonly string[]
}

/** Neither role has a need for photos, records or secret values: a hole in a workflow must not become a leak. */
export const noContents = ({ stateBucketArn }: Subject, readable: readonly string[] = []): readonly Statement[] => [
  {
    sid: 'NoObjectsButStates',
    effect: 'Deny',
    actions: ['s3:GetObject*'],
    notResources: [`${stateBucketArn}/*`, ...readable],
  },
  {
    // The provider asks for the values of write-only secrets until 6.26 (its pull request 44876, merged in December 2025): with an older
    // one these roles plan with REFRESH=false only. Reading five secrets for a plan is not worth giving them away.
    sid: 'NoSecretValues',
    effect: 'Deny',
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
    resources: ['*'],
  },
  {
    sid: 'NoLogsNoSessions',
    effect: 'Deny',
    actions: [
      'logs:GetLogEvents',
      'logs:FilterLogEvents',
      'logs:StartQuery',
      'logs:StartLiveTail',
      'rds:DownloadDBLogFilePortion',
      'rds:DownloadCompleteDBLogFile',
      'rds-db:connect',
      'elasticache:Connect',
      'ecs:ExecuteCommand',
      'ssm:StartSession',
    ],
    resources: ['*'],
  },
]

/** Besides AWS's ReadOnlyAccess: the states. The role cannot lock them, so it plans with `-lock=false`. */
export const planPermissions = (subject: Subject): readonly Statement[] => [
  {
    sid: 'ReadStates',
    actions: ['s3:GetObject', 's3:ListBucket'],
    resources: [subject.stateBucketArn, `${subject.stateBucketArn}/*`],
  },
  { sid: 'DecryptStates', actions: ['kms:Decrypt'], resources: [subject.kmsKeyArn] },
  // The first values of secrets are ephemeral: each plan draws some, and forgets them. ReadOnlyAccess leaves this out.
  { sid: 'DrawRandomTexts', actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
  ...noContents(subject),
]

/** Pages that were served, in the buckets of pages (scripts/deploy/page-releases.ts): what a rollback goes back to. */
const keptPages = 'arn:aws:s3:::*/releases/*'

/**
 * Besides AWS's PowerUserAccess, which is everything but IAM: the roles of the service, which all begin with `wiko-`. Who may write the
 * policies of roles can give himself more, so this role is as trusted as an administrator: its environments at GitHub need reviewers.
 */
export const deployPermissions = (subject: Subject): readonly Statement[] => [
  {
    sid: 'RolesOfTheService',
    actions: [
      'iam:CreateRole',
      'iam:GetRole',
      'iam:UpdateRole',
      'iam:DeleteRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:TagRole',
      'iam:UntagRole',
      'iam:ListRoleTags',
      'iam:PutRolePolicy',
      'iam:GetRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:ListRolePolicies',
      'iam:AttachRolePolicy',
      'iam:DetachRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListInstanceProfilesForRole', // Terraform asks before it deletes a role
    ],
    resources: [`arn:aws:iam::${subject.account}:role/wiko-*`],
  },
  {
    sid: 'HandRolesToServices',
    actions: ['iam:PassRole'],
    resources: [`arn:aws:iam::${subject.account}:role/wiko-*`],
    conditions: {
      StringEquals: {
        'iam:PassedToService': [
          'ecs-tasks.amazonaws.com',
          'ecs.amazonaws.com',
          'lambda.amazonaws.com',
          'monitoring.rds.amazonaws.com',
          'vpc-flow-logs.amazonaws.com',
        ],
      },
    },
  },
  { sid: 'NotItself', effect: 'Deny', actions: ['iam:*'], resources: subject.ownArns },
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
    resources: [subject.stateBucketArn, `${subject.stateBucketArn}/*`],
  },
  ...noContents(subject, [keptPages]),
]
