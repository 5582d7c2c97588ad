import { address } from './address/address.ts'
import { budget } from './budget/budget.ts'
import { cache } from './cache/cache.ts'
import { database } from './database/database.ts'
import { delivery } from './delivery/delivery.ts'
import { deployer } from './deployer/deployer.ts'
import { domain } from './domain/domain.ts'
import { encryption } from './encryption/encryption.ts'
import { firewall } from './firewall/firewall.ts'
import { images } from './images/images.ts'
import { logs } from './logs/logs.ts'
import { monitoring } from './monitoring/monitoring.ts'
import { network } from './network/network.ts'
import { registry } from './registry/registry.ts'
import { secrets } from './secrets/secrets.ts'
import { service } from './service/service.ts'
import { state } from './state/state.ts'
import { trail } from './trail/trail.ts'
import { website } from './website/website.ts'

/** Every module, in the order of the architecture: what `make modules` writes and the tests validate alone. */
export const modules = [
  network,
  encryption,
  logs,
  database,
  cache,
  images,
  secrets,
  domain,
  service,
  firewall,
  monitoring,
  website,
  address,
  state,
  registry,
  delivery,
  deployer,
  trail,
  budget,
] as const
