/** Names of an environment's resources. */
export interface Names {
  readonly network: string
  readonly database: string
  readonly databaseSubnetGroup: string
  readonly cache: string
  readonly cacheSubnetGroup: string
  readonly imagesBucket: string
  readonly webBucket: string
  readonly logsBucket: string
  readonly secrets: string
  readonly cluster: string
  readonly taskFamily: string
  readonly service: string
  readonly workerService: string
  readonly loadBalancer: string
  readonly targetGroup: string
  readonly logGroup: string
  readonly topic: string
  readonly criticalTopic: string
  /** Before the names of alarms, roles and the like. */
  readonly prefix: string
}

/** The application's name: tag Project, image repository, task family. */
export const project = 'wiko-defect-analyzer'

/** Prefix of what delivers: its roles, and the boundaries of an environment's roles. */
export const deliveryName = 'wiko-delivery'

/** The roles that an environment makes, as IAM patterns; those of another environment match none of them. */
export const rolesOf = ({ prefix, secrets, network, database }: Names): string[] => [
  `${prefix}-task`,
  `${prefix}-task-execution`,
  `${prefix}-worker-task`,
  `${secrets}-secret-rotation-*`,
  `${network}-flow-logs-*`,
  `${database}-monitor-*`,
]

/** An environment's buckets. */
export const bucketsOf = ({ imagesBucket, webBucket, logsBucket }: Names): string[] => [
  imagesBucket,
  webBucket,
  logsBucket,
]

/**
 * Names by the guide's rule: prod has exactly the guide's; where those carry no environment, others put theirs after `wiko`.
 * `replaced` wins (bucket names, for one, are shared by all AWS customers).
 */
export function namesOf(environment: string, replaced: Partial<Names> = {}): Names {
  const prefix = environment === 'prod' ? 'wiko' : `wiko-${environment}`
  return {
    network: `wiko-${environment}`,
    database: `wiko-defect-db-${environment}`,
    databaseSubnetGroup: `${prefix}-db-subnet-group`,
    cache: `wiko-redis-${environment}`,
    cacheSubnetGroup: `${prefix}-cache-subnet-group`,
    imagesBucket: `wiko-defect-images-${environment}`,
    webBucket: `wiko-frontend-${environment}`,
    logsBucket: `wiko-logs-${environment}`,
    secrets: prefix,
    cluster: `${project}-${environment}`,
    taskFamily: `${prefix}-defect-analyzer`,
    service: `${prefix}-api-service`,
    workerService: `${prefix}-worker-service`,
    loadBalancer: `${prefix}-api-alb`,
    targetGroup: `${prefix}-api-tg`,
    logGroup: `/ecs/${prefix}-defect-analyzer`,
    topic: `${prefix}-alerts`,
    criticalTopic: `${prefix}-critical-verdicts`,
    prefix,
    ...replaced,
  }
}
