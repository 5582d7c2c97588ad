import { setTimeout as sleep } from 'node:timers/promises'
import { Sha256 } from '@aws-crypto/sha256-js'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'
import { explain, Failure } from '../lib/failures.ts'

/** What AWS refused: `code` is its name of the fault, such as ImageNotFoundException. */
export class AwsError extends Failure {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
  /** It is not the resource that is at fault, but who asks: no credentials, old ones, or ones that may not. */
  get denied(): boolean {
    return /AccessDenied|NotAuthorized|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|CredentialsProviderError/.test(
      this.code,
    )
  }
}

/** The services that deployment, drills and checklist ask, and the version of their API by which JSON or form calls are named. */
const services = {
  ecr: { host: 'api.ecr', json: 'AmazonEC2ContainerRegistry_V20150921', type: '1.1' },
  ecs: { host: 'ecs', json: 'AmazonEC2ContainerServiceV20141113', type: '1.1' },
  ssm: { host: 'ssm', json: 'AmazonSSM', type: '1.1' },
  secretsmanager: { host: 'secretsmanager', json: 'secretsmanager', type: '1.1' },
  logs: { host: 'logs', json: 'Logs_20140328', type: '1.1' },
  monitoring: { host: 'monitoring', json: 'GraniteServiceVersion20100801', type: '1.0' },
  rds: { host: 'rds', query: '2014-10-31' },
  elasticache: { host: 'elasticache', query: '2015-02-02' },
  cloudfront: { host: 'cloudfront' },
} as const
type Service = keyof typeof services
type JsonService = 'ecr' | 'ecs' | 'ssm' | 'secretsmanager' | 'logs' | 'monitoring'
type QueryService = 'rds' | 'elasticache'

interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const ATTEMPTS = 5
/** For one attempt. */
const TIMEOUT_MS = 30_000

/**
 * AWS's control plane by signed HTTP: the few calls that we make of each service are not worth a client package each. Credentials come
 * from the SDK's default chain; AWS_ENDPOINT_URL leads elsewhere. Throttling and faults of AWS are tried again.
 * @throws AwsError in one line
 */
export class Aws {
  readonly region: string
  readonly #credentials = defaultProvider()
  constructor(region: string) {
    this.region = region
  }

  /** A call of a service that speaks JSON, such as ('ecs', 'DescribeServices', {...}). */
  async json<T>(service: JsonService, action: string, input: object): Promise<T> {
    const { json, type } = services[service]
    const headers = { 'content-type': `application/x-amz-json-${type}`, 'x-amz-target': `${json}.${action}` }
    const request: Request = { method: 'POST', path: '/', headers, body: JSON.stringify(input) }
    return JSON.parse((await this.#send(service, request)) || '{}')
  }

  /** A call of a service that speaks forms and XML; returns the XML. */
  query(service: QueryService, action: string, input: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: services[service].query, ...input }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#send(service, { method: 'POST', path: '/', headers, body })
  }

  /** A call of CloudFront, which lives in us-east-1 wherever the rest is, such as ('GET', '/distribution/ID'); returns the XML. */
  cloudfront(method: 'GET' | 'POST', path: string, body = ''): Promise<string> {
    const headers = { 'content-type': 'application/xml' }
    return this.#send('cloudfront', { method, path: `/2020-05-31${path}`, headers, body })
  }

  async #send(service: Service, request: Request): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(service, request)
      if (answer.ok) return answer.text
      const { code, message } = faultOf(answer.text, answer.status)
      const passing = answer.status >= 500 || answer.status === 0 || /Throttl|TooManyRequests|RequestLimit/.test(code)
      if (!passing || attempt === ATTEMPTS) throw new AwsError(code, explain(`${code}: ${message}`).message)
      await sleep(200 * 2 ** attempt)
    }
  }

  async #once(service: Service, { method, path, headers, body }: Request) {
    const global = service === 'cloudfront'
    const region = global ? 'us-east-1' : this.region
    const { host } = services[service]
    const origin = process.env.AWS_ENDPOINT_URL ?? `https://${host}${global ? '' : `.${region}`}.amazonaws.com`
    const url = new URL(path, origin)
    const signer = new SignatureV4({ service, region, credentials: this.#credentials, sha256: Sha256 })
    const { protocol, hostname, port } = url
    const signed = await signer
      .sign({
        method,
        protocol,
        hostname,
        ...(port ? { port: Number(port) } : {}),
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { ...headers, host: url.host },
        ...(body ? { body } : {}),
      })
      .catch((error: Error) => {
        throw new AwsError(error.name, explain(`No valid credential sources: ${error.message}`).message)
      })
    const { host: _, ...sent } = signed.headers
    try {
      const init = { method, headers: sent, signal: AbortSignal.timeout(TIMEOUT_MS), ...(body ? { body } : {}) }
      const response = await fetch(url, init)
      return { ok: response.ok, status: response.status, text: await response.text() }
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error
      return {
        ok: false,
        status: 0,
        text: `${service} cannot be reached: ${cause instanceof Error ? cause.message : cause}`,
      }
    }
  }
}

/** Code and message of a fault, from JSON or XML. */
function faultOf(text: string, status: number): { code: string; message: string } {
  if (text.startsWith('{')) {
    const said = JSON.parse(text) as { __type?: string; message?: string; Message?: string }
    const code = said.__type?.split('#').at(-1) ?? String(status)
    return { code, message: said.message ?? said.Message ?? text }
  }
  return { code: texts(text, 'Code')[0] ?? String(status), message: texts(text, 'Message')[0] ?? text.slice(0, 300) }
}

/** The texts of all elements of a name in AWS's XML, in order. */
export const texts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text)
