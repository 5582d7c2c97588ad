import type { Config } from '../../config/config.ts'
import { elasticacheToken } from './iam-token.ts'
import { openRedis, type RedisLog, type SharedRedis } from './redis.ts'

/** Connects to the configured Redis, with IAM tokens if a replication group is set. Null if none is configured. */
export function connectRedis(
  { redisUrl: url, redisReplicationGroup: replicationGroup, awsRegion: region }: Config,
  log: RedisLog,
): SharedRedis | null {
  if (url === null) return null
  if (replicationGroup === null) return openRedis({ url, log })
  const user = decodeURIComponent(new URL(url).username)
  return openRedis({ url, log, password: elasticacheToken({ replicationGroup, user, region }) })
}
