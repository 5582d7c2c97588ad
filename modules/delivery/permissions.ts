import type { Statement } from '../iam.ts'

/** No role of delivery has a need for photos, records or secret values: a hole in a workflow must not become a leak. */
export const noContents = (states: string, readable: readonly string[] = []): readonly Statement[] => [
  {
    sid: 'NoObjectsButStates',
    effect: 'Deny',
    actions: ['s3:GetObject*'],
    notResources: [states, ...readable],
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
export const planPermissions = (stateBucketArn: string, kmsKeyArn: string): readonly Statement[] => [
  {
    sid: 'ReadStates',
    actions: ['s3:GetObject', 's3:ListBucket'],
    resources: [stateBucketArn, `${stateBucketArn}/*`],
  },
  { sid: 'DecryptStates', actions: ['kms:Decrypt'], resources: [kmsKeyArn] },
  // The first values of secrets are ephemeral: each plan draws some, and forgets them. ReadOnlyAccess leaves this out.
  { sid: 'DrawRandomTexts', actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
  ...noContents(`${stateBucketArn}/*`),
]
