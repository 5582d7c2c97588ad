import { Fn, FOR_EXPRESSION_KEY, FOR_EXPRESSION_VALUE, forExpression } from 'cdktf'
import { collectorConfig } from './collector.ts'
import { apiContainer, apiPort, timing } from './timing.ts'

interface Settings {
  readonly image: string
  readonly collectorImage: string
  readonly region: string
  readonly logGroupName: string
  /** First part of the names of log streams. */
  readonly stream: string
  readonly variables: Readonly<Record<string, string | number>>
  /** More variables of the user's, as Terraform's map. */
  readonly moreVariables: Record<string, string>
  /** ARNs by variable. */
  readonly secrets: Readonly<Record<string, string>>
  /** More secrets of the user's, as Terraform's map. */
  readonly moreSecrets: Record<string, string>
  readonly databaseUrlArn: string
  readonly masterSecretArn: string
  readonly migrates: boolean
  readonly shell: boolean
}

/** Volumes of a task: its root file systems are read-only, so what is written has a place of its own. */
export const volumes = (shell: boolean) => ['tmp', ...(shell ? Object.keys(shellFolders) : [])]

/** Where the agent of ECS Exec writes. */
const shellFolders = { 'shell-state': '/var/lib/amazon', 'shell-logs': '/var/log/amazon' } as const

const secretList = (secrets: Readonly<Record<string, string>>) =>
  Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom }))

/** Guide 2.5, "containerDefinitions", with a migration before the API and a trace collector beside it. */
export function containers(settings: Settings) {
  const { image, region, logGroupName, stream, shell, migrates } = settings
  const common = (streamPrefix: string) => ({
    readonlyRootFilesystem: true,
    user: '1000', // guide 2.4: wikouser
    stopTimeout: timing.stop,
    linuxParameters: {
      initProcessEnabled: true, // hands signals on and reaps what is left over
      capabilities: { drop: ['ALL'] },
    },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroupName, // guide 2.5
        'awslogs-region': region,
        'awslogs-stream-prefix': streamPrefix, // guide 2.5: api
        mode: 'non-blocking', // a slow log service must not stop an answer
        'max-buffer-size': '25m',
      },
    },
  })
  // A bind mount takes over mode and owner from the image's VOLUME /tmp: without that line user 1000 could not write there.
  const tmp = { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false }

  const migration = {
    ...common('migrate'),
    name: 'migrate',
    image,
    essential: false, // it ends before the API starts
    command: ['node', 'api/database/migrate.ts'],
    environment: [{ name: 'ENVIRONMENT', value: settings.variables.ENVIRONMENT }],
    // The master's password reaches this container only, read anew at each start: RDS rotates it.
    secrets: secretList({
      DATABASE_URL: settings.databaseUrlArn,
      MIGRATION_USER: `${settings.masterSecretArn}:username::`,
      MIGRATION_PASSWORD: `${settings.masterSecretArn}:password::`,
    }),
    mountPoints: [tmp],
  }
  const collector = {
    ...common('otel'),
    name: 'otel-collector',
    image: settings.collectorImage,
    essential: false, // without traces the API still answers
    environment: [
      { name: 'AOT_CONFIG_CONTENT', value: Fn.jsonencode(collectorConfig) },
      { name: 'AWS_REGION', value: region },
    ],
  }
  const api = {
    ...common(stream), // guide 2.5
    name: apiContainer,
    image,
    essential: true,
    portMappings: [{ containerPort: apiPort, protocol: 'tcp' }], // guide 2.5
    environment: forExpression(Fn.merge([settings.moreVariables, settings.variables]), {
      name: FOR_EXPRESSION_KEY,
      value: Fn.tostring(FOR_EXPRESSION_VALUE), // ECS takes texts only
    }),
    secrets: Fn.concat([
      secretList(settings.secrets),
      forExpression(settings.moreSecrets, { name: FOR_EXPRESSION_KEY, valueFrom: FOR_EXPRESSION_VALUE }),
    ]),
    // The collector is stopped after the API, whose last spans it still takes.
    dependsOn: [
      ...(migrates ? [{ containerName: migration.name, condition: 'SUCCESS' }] : []),
      { containerName: collector.name, condition: 'START' },
    ],
    healthCheck: {
      command: ['CMD', 'node', '-e', healthCheck], // guide: curl, which the image has no other use for
      interval: 30, // guide 2.5, and so are the next three
      timeout: 5,
      retries: 3,
      startPeriod: 60,
    },
    mountPoints: [
      tmp,
      ...Object.entries(shell ? shellFolders : {}).map(([sourceVolume, containerPath]) => ({
        sourceVolume,
        containerPath,
        readOnly: false,
      })),
    ],
    ulimits: [{ name: 'nofile', softLimit: 65535, hardLimit: 65535 }], // a connection is a file
  }
  return [...(migrates ? [migration] : []), api, collector]
}

const healthCheck = `fetch('http://127.0.0.1:${apiPort}/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`
