import { isIP } from 'node:net'
import { type ConnectionOptions, connect, type PeerCertificate, type SecureVersion } from 'node:tls'
import { ask, isLoopback } from '../lib/ask.ts'
import type { Context } from './context.ts'
import { type Finding, fail, type Group, judge, notRun, pass, reasonOf } from './line.ts'
import { tunnelTo } from './tunnel.ts'

const TIMEOUT_MS = 10_000
/** ACM renews 60 days before expiry; fewer days left indicate a failed renewal. */
const DAYS_LEFT = 21

interface Handshake {
  version: string
  cipher: string
  certificate: PeerCertificate
  /** Why the certificate is not trusted; null if it is. */
  distrust: string | null
}

/** Performs a handshake and disconnects. Throws if server or client refuses. */
async function shakeHands(origin: string, options: ConnectionOptions = {}): Promise<Handshake> {
  const { hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  const tunnel = await tunnelTo(origin)
  return new Promise((resolve, reject) => {
    // Trust is checked after the handshake so that the reason can be reported.
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(tunnel ? { socket: tunnel } : {}),
      ...(isIP(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      ...options,
    })
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no handshake within ${TIMEOUT_MS / 1000} s`)))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const { authorizationError } = socket
      resolve({
        version: socket.getProtocol() ?? 'unknown',
        cipher: socket.getCipher().name,
        certificate: socket.getPeerCertificate(),
        distrust: socket.authorized ? null : String(authorizationError),
      })
      socket.destroy()
    })
  })
}

/** Origins of page and API that use https. */
const secureOrigins = ({ page, api }: Context) =>
  [...new Set([page, api])].filter((origin) => origin.startsWith('https:'))

/** Checks https origins; plain http is accepted on this machine only. */
async function onHttps(context: Context, look: (origin: string) => Promise<Finding>): Promise<Finding> {
  const plain = [context.page, context.api].filter((origin) => origin.startsWith('http:') && !isLoopback(origin))
  if (plain.length > 0) return fail(`${plain[0]} is reached without TLS`)
  const origins = secureOrigins(context)
  if (origins.length === 0) return notRun('plain http on this machine: give the https address of the deployment')
  const found = await Promise.all(origins.map(look))
  const worst =
    found.find(({ state }) => state === 'fail') ?? found.find(({ state }) => state === 'not run') ?? found[0]
  return { ...(worst as Finding), evidence: found.map(({ evidence }) => evidence).join(' | ') }
}

async function certificate(origin: string): Promise<Finding> {
  const { certificate, distrust } = await shakeHands(origin)
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / 86_400_000)
  return judge(
    [distrust !== null && distrust, days < DAYS_LEFT && `${days} days left`],
    `${new URL(origin).host}: ${certificate.subject?.CN ?? 'no name'}, by ${certificate.issuer?.O ?? certificate.issuer?.CN ?? '?'}, until ${certificate.valid_to} (${days} days)`,
  )
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
/** Refused by the local OpenSSL, which says nothing about the server. */
const isOurs = (error: unknown): boolean => /NO_PROTOCOLS|NO_CIPHERS/.test(codeOf(error))
/** Refused by the server, by a TLS alert or by closing the connection; unreachable servers do not count. */
const isRefusal = (error: unknown): boolean => /^(ERR_SSL_|ECONNRESET$|EPIPE$)/.test(codeOf(error))

const only = (version: SecureVersion): ConnectionOptions => ({
  minVersion: version,
  maxVersion: version,
  // OpenSSL offers the old versions only at security level 0.
  ...(version === 'TLSv1' || version === 'TLSv1.1' ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
})

async function accepts(origin: string): Promise<Finding> {
  const said: string[] = []
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const refused = await shakeHands(origin, only(version)).then(
      ({ cipher }) => void said.push(`${version} ${cipher}`),
      reasonOf,
    )
    if (refused) return fail(`${new URL(origin).host}: ${version} is refused: ${refused}`)
  }
  return pass(`${new URL(origin).host}: ${said.join(', ')}`)
}

async function refuses(origin: string): Promise<Finding> {
  if (new URL(origin).hostname.endsWith('.cloudfront.net'))
    return notRun("CloudFront's own name takes TLS 1.0 whatever is set: a domain of yours (setting domains) does not")
  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    const error: unknown = await shakeHands(origin, only(version)).then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error === null) return fail(`${new URL(origin).host}: ${version} is accepted`)
    if (isOurs(error)) return notRun(`OpenSSL of this machine cannot speak ${version}: run it where it can`)
    if (!isRefusal(error)) throw error
  }
  return pass(`${new URL(origin).host}: TLS 1.0 and 1.1 refused`)
}

async function httpRedirects(origin: string): Promise<Finding> {
  const url = new URL(origin)
  url.protocol = 'http:'
  if (url.port !== '') return notRun('http beside https is looked for on port 80 only; this address has another port')
  const answer = await ask(url).catch((error: unknown) => reasonOf(error))
  if (typeof answer === 'string') return pass(`${url.host}: http is not answered (${answer})`)
  const location = answer.headers.get('location') ?? 'nowhere'
  const redirects = [301, 302, 307, 308].includes(answer.status) && location.startsWith('https:')
  return redirects
    ? pass(`${url.host}: http ${answer.status} to ${location}`)
    : fail(`${url.host}: http is answered with ${answer.status}, without a redirect to https`)
}

/** Guide, "Security": TLS 1.2 or newer everywhere. */
export const tls: Group = {
  title: 'TLS',
  lines: [
    {
      name: 'the certificate is trusted, and valid for three weeks more',
      on: 'edge',
      check: (context) => onHttps(context, certificate),
    },
    { name: 'TLS 1.2 and 1.3 are accepted', on: 'edge', check: (context) => onHttps(context, accepts) },
    { name: 'TLS 1.0 and 1.1 are refused', on: 'edge', check: (context) => onHttps(context, refuses) },
    { name: 'plain http leads to https', on: 'edge', check: (context) => onHttps(context, httpRedirects) },
  ],
}
