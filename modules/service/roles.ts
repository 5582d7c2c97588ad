import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js'
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js'
import type { Construct } from 'constructs'
import { policy, type Statement, trust } from '../iam.ts'

/** A role that tasks take, and its rights, which a service has to wait for. */
export interface TaskRole {
  readonly role: IamRole
  readonly rights: IamRolePolicy
}

interface RoleSettings {
  readonly name: string
  readonly permissionsBoundary: string
}

function taskRole(
  scope: Construct,
  id: string,
  description: string,
  { name, permissionsBoundary }: RoleSettings,
  trusted: string,
  statements: readonly Statement[],
): TaskRole {
  const role = new IamRole(scope, id, {
    name,
    description,
    permissionsBoundary,
    assumeRolePolicy: trusted,
  })
  return { role, rights: new IamRolePolicy(role, 'rights', { role: role.id, policy: policy(statements) }) }
}

interface ExecutionSettings extends RoleSettings {
  readonly repositoryArn: string
  readonly logGroupArn: string
  readonly secretArns: readonly string[]
  readonly kmsKeyArn: string
}

/** What ECS itself does to start a task; no container sees these rights. */
export function executionRole(scope: Construct, settings: ExecutionSettings): TaskRole {
  const { repositoryArn, logGroupArn, secretArns, kmsKeyArn } = settings
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html documents no condition
  const trusted = trust('ecs-tasks.amazonaws.com')
  return taskRole(scope, 'execution', 'Starts the tasks of the API', settings, trusted, [
    { sid: 'SignInToTheRegistry', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }, // has no resource
    {
      sid: 'PullThisImage',
      actions: [
        'ecr:BatchGetImage', // its manifest
        'ecr:BatchCheckLayerAvailability', // which layers there are
        'ecr:GetDownloadUrlForLayer', // and where
      ],
      resources: [repositoryArn],
    },
    {
      sid: 'WriteTheContainersLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${logGroupArn}:*`],
    },
    { sid: 'InjectTheseSecrets', actions: ['secretsmanager:GetSecretValue'], resources: secretArns },
    { sid: 'DecryptThem', actions: ['kms:Decrypt'], resources: [kmsKeyArn] },
  ])
}

/** What a container does, by the part it plays: `api` answers, `worker` works off the queue, `all` does both. */
export type Part = 'all' | 'api' | 'worker'

interface RunSettings extends RoleSettings {
  readonly accountId: string
  readonly imagesBucketArn: string
  /** Secrets read again while the API runs, so that a rotated one is taken up. */
  readonly secretArns: readonly string[]
  readonly kmsKeyArn: string
  readonly databaseUserArn: string
  readonly cacheArn: string
  readonly cacheUserArn: string
  readonly eventsTopicArn: string
  /** Shells into the tasks, logged here; null: none. */
  readonly shellLogGroupArn: string | null
}

/** Guide, "ECS Task Role (minimal permissions)": each action with its reason. */
export function runRole(scope: Construct, id: string, part: Part, settings: RunSettings): TaskRole {
  const { accountId, imagesBucketArn, secretArns, kmsKeyArn, databaseUserArn } = settings
  const { cacheArn, cacheUserArn, eventsTopicArn } = settings
  const images = [`${imagesBucketArn}/*`]
  const statements: Statement[] = [
    {
      sid: 'KeepAndShowImages',
      actions: [
        's3:PutObject', // store an upload
        's3:GetObject', // show it, and analyse it again
      ],
      resources: images,
    },
    { sid: 'TellMissingFromForbidden', actions: ['s3:ListBucket'], resources: [imagesBucketArn] }, // else S3 says 403
    { sid: 'ReadRotatedSecrets', actions: ['secretsmanager:GetSecretValue'], resources: secretArns },
    { sid: 'DecryptThem', actions: ['kms:Decrypt'], resources: [kmsKeyArn] },
    { sid: 'SignInToTheDatabase', actions: ['rds-db:connect'], resources: [databaseUserArn] },
    { sid: 'SignInToTheCache', actions: ['elasticache:Connect'], resources: [cacheArn, cacheUserArn] },
    {
      sid: 'SendTraces', // X-Ray has no resources to name
      actions: [
        'xray:PutTraceSegments', // the spans
        'xray:PutTelemetryRecords', // how many were lost
      ],
      resources: ['*'],
    },
  ]
  if (part !== 'api') {
    statements.push(
      {
        sid: 'CleanUpAndRestoreImages',
        actions: [
          's3:DeleteObject', // images without a result, by the sweep; versions stay
          's3:RestoreObject', // archived images that somebody asks for
        ],
        resources: images,
      },
      { sid: 'TellCriticalVerdicts', actions: ['sns:Publish'], resources: [eventsTopicArn] }, // delivered from the queue
      // SNS encrypts each message in the publisher's name, and wants DecryptThem for it too.
      { sid: 'EncryptWhatIsTold', actions: ['kms:GenerateDataKey*'], resources: [kmsKeyArn] },
    )
  }
  if (settings.shellLogGroupArn) statements.push(...shellStatements(settings.shellLogGroupArn))
  const description = part === 'worker' ? 'What the queue worker may do' : 'What the API may do'
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  return taskRole(scope, id, description, settings, trust('ecs-tasks.amazonaws.com', accountId), statements)
}

/** Shell and port forwarding through Systems Manager, and their log. */
function shellStatements(logGroupArn: string): Statement[] {
  return [
    {
      sid: 'OpenShellChannels', // has no resources to name
      actions: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      resources: ['*'],
    },
    { sid: 'FindTheShellLog', actions: ['logs:DescribeLogGroups'], resources: ['*'] }, // lists, so has no resource
    {
      sid: 'WriteTheShellLog',
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [`${logGroupArn}:*`],
    },
  ]
}
