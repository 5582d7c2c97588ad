import { ElasticacheUser } from '@cdktf/provider-aws/lib/elasticache-user/index.js'
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group/index.js'
import { Fn } from 'cdktf'
import type { Construct } from 'constructs'
import { ifMade, onlyIf } from '../each.ts'

/** Data commands and scripts, INFO for the client's ready check; nothing that flushes, lists all keys or administers. */
const apiCommands = 'on ~* &* +@all -@admin -@dangerous +info'

interface Access {
  readonly groupId: string
  readonly userName: string
  readonly userArn: string
}

/**
 * The API's user, which signs in by IAM token: a replication group's `auth_token` would lie in the state.
 * The user `default`, which old clients fall back to without a name, can do nothing.
 */
export function users(scope: Construct, name: string, engine: string): Access {
  const userName = `${name}-api`
  const api = new ElasticacheUser(scope, 'api', {
    userId: userName, // by IAM the id and the name must be the same
    userName,
    engine,
    accessString: apiCommands,
    authenticationMode: { type: 'iam' },
  })
  // A Redis group must have a user called default; a Valkey group without one lets nobody in by that name.
  const nobody = new ElasticacheUser(scope, 'nobody', {
    userId: `${name}-nobody`,
    userName: 'default',
    engine,
    accessString: 'off ~keys* -@all',
    noPasswordRequired: true, // as authentication mode, ElastiCache reads it back under another name
  })
  onlyIf(nobody, 'var.engine == "redis"')
  const userIds = Fn.compact([api.userId, ifMade(nobody, 'user_id')])
  const group = new ElasticacheUserGroup(scope, 'users', { userGroupId: name, engine, userIds })
  return { groupId: group.userGroupId, userName: api.userName, userArn: api.arn }
}
