import { Sha256 } from '@aws-crypto/sha256-js'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { SignatureV4 } from '@smithy/signature-v4'
import { environments } from '../../stacks/environments.ts'
import { type Names, namesOf } from '../../stacks/names.ts'
import { type Answer, ask } from '../ask.ts'
import { Failure } from '../infra/failures.ts'

/** The API versions that these calls are written for. */
const VERSIONS = { rds: '2014-10-31', elasticache: '2015-02-02' } as const
const JSON_SERVICES = {
  monitoring: { target: 'GraniteServiceVersion20100801', type: 'application/x-amz-json-1.0' },
  logs: { target: 'Logs_20140328', type: 'application/x-amz-json-1.1' },
} as const

/** AWS as the checklist reads it: signed calls without an SDK client for each service. */
export interface Aws {
  names: Names
  region: string
  /** AWS_ENDPOINT_URL is set: what answers is a stand-in, and proves nothing of an account. */
  simulated: boolean
  /** A call of CloudWatch (monitoring) or CloudWatch Logs. */
  json<T extends object>(service: keyof typeof JSON_SERVICES, action: string, body: object): Promise<Partial<T>>
  /** A call of RDS or ElastiCache; the answer is XML. */
  query(service: keyof typeof VERSIONS, action: string, parameters: Record<string, string>): Promise<string>
  /** A call of CloudFront; the answer is XML. */
  cloudfront(method: 'GET' | 'POST', path: string, body?: string): Promise<string>
}

/** The texts of the elements of that name. */
export const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text)
export const textOf = (xml: string, name: string): string | undefined => textsOf(xml, name)[0]

/** AWS's own words, without its frame. */
function refusal(service: string, action: string, { status, text }: Answer): Error {
  const words = /"[mM]essage"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? textOf(text, 'Message') ?? text.slice(0, 150)
  const message = `${service} ${action} ${status}: ${words}`
  return /AccessDenied|not authorized|ExpiredToken|InvalidClientTokenId|UnrecognizedClient/.test(text)
    ? new Failure(`${message}: use credentials that may`)
    : new Error(message)
}

/** The account of an environment, or in words what is missing to reach it. */
export async function openAws(env: NodeJS.ProcessEnv, environment: string | null): Promise<Aws | { missing: string }> {
  const settings = environment === null ? undefined : environments[environment]
  if (!settings) return { missing: `ENV=${Object.keys(environments).join('|')} with AWS credentials makes it run` }
  const { region } = settings
  const credentials = defaultProvider()
  const found = await credentials().catch(() => null)
  if (!found) return { missing: 'there are no AWS credentials: sign in (aws sso login) or set AWS_PROFILE' }
  const endpoint = env.AWS_ENDPOINT_URL

  async function call(
    service: string,
    action: string,
    host: string,
    request: { method: string; path: string; headers: Record<string, string>; body: string },
  ) {
    const url = new URL(request.path, endpoint ?? `https://${host}`)
    const signer = new SignatureV4({
      service,
      region: service === 'cloudfront' ? 'us-east-1' : region,
      credentials,
      sha256: Sha256,
    })
    const { method, body } = request
    const headers = { ...request.headers, host: url.host }
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port) || undefined,
      path: url.pathname,
      headers,
      body,
    })
    const answer = await ask(url, { method, headers: signed.headers, ...(method === 'POST' ? { body } : {}) })
    if (answer.status >= 300) throw refusal(service, action, answer)
    return answer
  }

  return {
    names: namesOf(environment ?? '', settings.names),
    region,
    simulated: endpoint !== undefined,
    async json<T extends object>(service: keyof typeof JSON_SERVICES, action: string, body: object) {
      const { target, type } = JSON_SERVICES[service]
      const headers = { 'content-type': type, 'x-amz-target': `${target}.${action}` }
      const request = { method: 'POST', path: '/', headers, body: JSON.stringify(body) }
      return (await call(service, action, `${service}.${region}.amazonaws.com`, request)).json<T>()
    },
    async query(service, action, parameters) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      const body = new URLSearchParams({ Action: action, Version: VERSIONS[service], ...parameters }).toString()
      return (
        await call(service, action, `${service}.${region}.amazonaws.com`, { method: 'POST', path: '/', headers, body })
      ).text
    },
    async cloudfront(method, path, body = '') {
      const headers = { 'content-type': 'application/xml' }
      return (
        await call('cloudfront', path, 'cloudfront.amazonaws.com', {
          method,
          path: `/2020-05-31${path}`,
          headers,
          body,
        })
      ).text
    },
  }
}
