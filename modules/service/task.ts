import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js'
import { Fn, Token } from 'cdktf'
import type { Construct } from 'constructs'
import { containers, volumes } from './containers.ts'
import type { ImageTag } from './image-tag.ts'

interface Settings {
  readonly family: string
  readonly cpu: number
  readonly memory: number
  readonly architecture: string
  readonly executionRoleArn: string
  readonly taskRoleArn: string
  readonly tag: ImageTag
  readonly containers: Parameters<typeof containers>[0]
}

/** Guide 2.5, "Create task definition". */
export function taskDefinition(scope: Construct, id: string, settings: Settings): EcsTaskDefinition {
  return new EcsTaskDefinition(scope, id, {
    family: settings.family, // guide 2.5
    requiresCompatibilities: ['FARGATE'], // guide 2.5
    networkMode: 'awsvpc', // guide 2.5
    cpu: Token.asString(settings.cpu),
    memory: Token.asString(settings.memory),
    runtimePlatform: { cpuArchitecture: settings.architecture, operatingSystemFamily: 'LINUX' },
    executionRoleArn: settings.executionRoleArn,
    taskRoleArn: settings.taskRoleArn,
    containerDefinitions: Fn.jsonencode(containers(settings.containers)),
    volume: volumes(settings.containers.shell).map((name) => ({ name })),
    skipDestroy: true, // a rollback of ECS goes back to an older revision, which must still be active
    lifecycle: settings.tag.required,
  })
}
