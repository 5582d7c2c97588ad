import { FOREIGN, MARKUP } from './probes.ts'
import { isHtml, isSecure, type Rule } from './rule.ts'

const match = (pattern: RegExp, text: string): string | null =>
  pattern.exec(text)?.[0].replaceAll(/\s+/g, ' ').slice(0, 100) ?? null

/** Frames of Node, Python, Java and PHP; paths of sources; words of databases. */
const INSIDES =
  /\n\s+at [^\n]{1,200}:\d+:\d+|node_modules\/|\bfile:\/\/\/|Traceback \(most recent call last\)|\bat (?:java|org|com)\.[\w.]+\(|(?:Fatal error|Warning)<\/b>:|syntax error at or near|\bECONNREFUSED\b|\/(?:home|srv|app|usr)\/[\w./-]+\.[jt]s\b/
const VERSIONS = /\b(?:fastify|express|node(?:\.js)?|nginx|apache|php|postgres(?:ql)?|openssl)[/ ]v?\d+\.\d+/i
const PRIVATE_ADDRESS = /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b/
const hostOf = (location: string, base: string): string =>
  URL.canParse(location, base) ? new URL(location, base).hostname : ''

export const contentRules: readonly Rule[] = [
  {
    severity: 'medium',
    zap: 90022,
    name: 'An error tells about the inside',
    advice: 'answer with a problem of your own words; the stack belongs into the log',
    kinds: ['error', 'private', 'open', 'cors', 'redirect', 'trace', 'hidden'],
    seen: ({ text }) => match(INSIDES, text),
  },
  {
    severity: 'medium',
    zap: null,
    name: 'Bad input is an error of the server',
    advice: 'check the input, and answer with a 4xx that says what is wrong',
    kinds: ['error', 'redirect', 'cors'],
    seen: ({ status }) => (status >= 500 ? String(status) : null),
  },
  {
    severity: 'low',
    zap: 10036,
    name: 'An error names versions',
    advice: 'take versions out of the answers',
    kinds: ['error'],
    seen: ({ text }) => match(VERSIONS, text),
  },
  {
    severity: 'high',
    zap: 40012,
    name: 'Input comes back as markup',
    advice: 'escape what callers send, or answer with another type than HTML',
    seen: (exchange) => (isHtml(exchange) && exchange.text.includes(MARKUP) ? MARKUP : null),
  },
  {
    severity: 'medium',
    zap: 10033,
    name: 'A folder lists its files',
    advice: 'switch directory listings off',
    kinds: ['listing'],
    seen: ({ status, text }) =>
      status === 200 ? match(/<title>\s*(?:Index of|Directory listing)[^<]*|\[To Parent Directory\]/i, text) : null,
  },
  {
    severity: 'high',
    zap: 40035,
    name: "A file that is nobody's business is served",
    advice: 'serve the built page only',
    kinds: ['hidden'],
    seen: (exchange) => (exchange.status === 200 && !isHtml(exchange) ? `${exchange.text.length} characters` : null),
  },
  {
    severity: 'low',
    zap: null,
    name: 'Source maps are public',
    advice: 'do not upload *.map',
    kinds: ['map'],
    seen: ({ status, text }) => (status === 200 && /"mappings"\s*:/.test(text) ? 'a source map' : null),
  },
  {
    severity: 'medium',
    zap: 10040,
    name: 'A secure page loads over plain http',
    advice: 'name its parts by https, or without a host',
    seen: (exchange) =>
      isHtml(exchange) && isSecure(exchange)
        ? match(/<(?:script|link|img|iframe|form)\b[^>]+(?:src|href|action)="http:[^"]+"/i, exchange.text)
        : null,
  },
  {
    severity: 'low',
    zap: 10017,
    name: 'A page runs scripts of other sites',
    advice: 'serve them yourself',
    seen: (exchange) => {
      const host = new URL(exchange.url).hostname
      const scripts = [...exchange.text.matchAll(/<script\b[^>]+src="((?:https?:)?\/\/[^"]+)"/gi)].map(
        ([, url = '']) => url,
      )
      return isHtml(exchange) ? (scripts.find((url) => hostOf(url, exchange.url) !== host) ?? null) : null
    },
  },
  {
    severity: 'low',
    zap: 2,
    name: 'An answer names a private address',
    advice: 'keep addresses of the network inside out of answers',
    kinds: ['error', 'open', 'redirect', 'page'],
    seen: ({ text }) => match(PRIVATE_ADDRESS, text),
  },
  {
    severity: 'high',
    zap: 10028,
    name: 'Leads to whatever host the caller names',
    advice: 'redirect to paths of your own only',
    kinds: ['redirect'],
    seen: ({ status, headers, url }) => {
      const location = headers.get('location') ?? ''
      // Browsers take a backslash for a slash.
      return status >= 300 && status < 400 && hostOf(location.replaceAll('\\', '/'), url) === FOREIGN
        ? `Location: ${location}`
        : null
    },
  },
  {
    severity: 'medium',
    zap: 10098,
    name: 'Scripts of any site may read answers',
    advice: 'name the origins of the page in CORS_ORIGINS',
    kinds: ['cors'],
    seen: ({ headers }) =>
      headers.get('access-control-allow-origin') === '*' ? 'Access-Control-Allow-Origin: *' : null,
  },
  {
    severity: 'high',
    zap: null,
    name: 'Each origin that asks is allowed to read answers',
    advice: 'compare Origin with a list, and never repeat it',
    kinds: ['cors'],
    seen: ({ headers }) => {
      const allowed = headers.get('access-control-allow-origin') ?? ''
      return allowed === 'null' || allowed.includes(FOREIGN) ? `Access-Control-Allow-Origin: ${allowed}` : null
    },
  },
  {
    severity: 'medium',
    zap: 90028,
    name: 'TRACE sends requests back',
    advice: 'refuse TRACE with a 405',
    kinds: ['trace'],
    seen: ({ status, text }) =>
      status === 200 && /^TRACE |x-scan/i.test(text) ? 'the request, headers and all' : null,
  },
  {
    severity: 'info',
    zap: null,
    name: 'The description of the API is public',
    advice: 'nothing, where that is meant: keys are asked for all the same',
    kinds: ['docs'],
    seen: ({ status, text }) => (status === 200 && text.includes('"openapi"') ? 'OpenAPI document' : null),
  },
]
