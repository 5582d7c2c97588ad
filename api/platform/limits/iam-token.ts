import { Sha256 } from '@aws-crypto/sha256-js'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'

/** ElastiCache accepts a token for 15 minutes; a connection made with it lives on for 12 hours. */
const VALID_SECONDS = 900

export interface TokenSettings {
  /** The id of the replication group; tokens are made out to it in lower case. */
  replicationGroup: string
  /** The ElastiCache user, whose id and name are the same. */
  user: string
  region: string
  /** The SDK's default chain (environment, profile, the task's role) unless given. */
  credentials?: ConstructorParameters<typeof SignatureV4>[0]['credentials']
}

/**
 * Makes the passwords of an ElastiCache user that signs in by IAM: presigned `connect` requests without the scheme, as
 * AWS documents them. Each call makes a new one, by credentials that are renewed in time. Throws where no credentials
 * can be had. Unverified: that ElastiCache accepts them, as only AWS can show that.
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
