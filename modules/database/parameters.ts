import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js'
import type { Construct } from 'constructs'

/** Parameters that take effect at once, and those that wait for a restart. */
const parameters = {
  immediate: {
    'rds.force_ssl': '1', // guide, "TLS 1.2+ everywhere"
    ssl_min_protocol_version: 'TLSv1.2',
    log_min_duration_statement: '1000', // ms; guide, "Check RDS slow query log"
    log_statement: 'ddl',
    log_connections: '1',
    log_disconnections: '1',
    log_lock_waits: '1',
    idle_in_transaction_session_timeout: '60000', // ms: a forgotten transaction holds back vacuum for everyone
  },
  'pending-reboot': { shared_preload_libraries: 'pg_stat_statements' },
} as const

/** Server parameters. A new group is made before the old one goes, as the instance still holds it. */
export function parameterGroup(scope: Construct, name: string, majorVersion: string): DbParameterGroup {
  return new DbParameterGroup(scope, 'parameters', {
    namePrefix: `${name}-`,
    family: `postgres${majorVersion}`,
    description: `Parameters of ${name}`,
    parameter: Object.entries(parameters).flatMap(([applyMethod, values]) =>
      Object.entries(values).map(([parameter, value]) => ({ name: parameter, value, applyMethod })),
    ),
    lifecycle: { createBeforeDestroy: true },
  })
}
