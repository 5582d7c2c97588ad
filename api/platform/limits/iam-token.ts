import { Sha256 } from '@aws-crypto/sha256-js'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'

/** ElastiCache accepts a token for 15 minutes. A connection that signed in with it lasts 12 hours. */
const VALID_SECONDS = 900

export interface TokenSettings {
  /** Id of the replication group; tokens use it in lower case. */
  replicationGroup: string
  /** The ElastiCache user. Its id and name must be equal. */
  user: string
  region: string
  /** Default: the SDK's default chain (environment, profile, task role). */
  credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials']
}

/**
 * Creates passwords for an ElastiCache user that signs in with IAM: presigned `connect` requests without the scheme, as
 * AWS documents them. Each call creates a new one with current credentials. Throws if there are none. Not verified
 * against ElastiCache itself.
 */
export function elasticacheToken(settings: TokenSettings): () => Promise<string> {
  const { user, region, credentials = defaultProvider() } = settings
  const hostname = settings.replicationGroup.toLowerCase()
  const signer = new SignatureV4({ service: 'elasticache', region, credentials, sha256: Sha256 })
  return async () => {
    const query = { Action: 'connect', User: user }
    const signed = await signer.presign(
      { method: 'GET', protocol: 'http:', hostname, path: '/', query, headers: { host: hostname } },
      { expiresIn: VALID_SECONDS },
    )
    return `${hostname}/?${new URLSearchParams(signed.query as Record<string, string>)}`
  }
}
