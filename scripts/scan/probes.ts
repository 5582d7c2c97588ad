import type { Probe } from './exchange.ts'

/** Origin of nobody: RFC 2606 keeps the name free. */
export const FOREIGN = 'foreign.example'
/** Is shown as text, or not at all; as markup it would be a script. */
export const MARKUP = '<script>alert(7316)</script>'

const JSON_TYPE = { 'content-type': 'application/json' }
const SIGN_IN = { path: '/api/v1/session', method: 'POST' } as const

/** The page, what it names, and what nobody should find beside it. `assets` are paths that the page names. */
export const pageProbes = (assets: readonly string[]): Probe[] => [
  { kind: 'page', path: '/history' },
  ...assets
    .slice(0, 6)
    .flatMap((path): Probe[] => [
      { kind: 'asset', path },
      ...(/\.(js|css)$/.test(path) ? [{ kind: 'map' as const, path: `${path}.map` }] : []),
    ]),
  ...['/assets/', '/static/', '/images/'].map((path): Probe => ({ kind: 'listing', path })),
  ...['/.env', '/.git/HEAD', '/.git/config', '/package.json', '/api/config.ts', '/drizzle.config.ts'].map(
    (path): Probe => ({ kind: 'hidden', path }),
  ),
  { kind: 'docs', path: '/openapi.json' },
  { kind: 'docs', path: '/docs/' },
]

/** The API: what is open, what is private, and what a caller did wrong. `key` is sent where the answer is to be a real one. */
export const apiProbes = (key: Record<string, string>): Probe[] => [
  { kind: 'open', path: '/health' },
  { kind: 'open', path: '/api/v1/info' },
  { kind: 'private', path: '/api/v1/stats', headers: key },
  { kind: 'private', path: '/api/v1/analyses?limit=5', headers: key },
  { kind: 'error', path: '/api/v1/stats', headers: { 'x-api-key': 'wiko_not-a-key-of-anybody' } },
  { kind: 'error', path: '/api/v1/there-is-nothing-here' },
  { kind: 'error', path: '/there-is-nothing-here.php' },
  { kind: 'error', path: `/api/v1/${encodeURIComponent(`'"${MARKUP}`)}` },
  { kind: 'error', path: `/${encodeURIComponent(MARKUP)}.txt` },
  { kind: 'error', path: '/%ff%00' },
  { kind: 'error', path: '/..%2f..%2fetc%2fpasswd' },
  { kind: 'error', path: '/api/v1/analyses?limit=many', headers: key },
  { kind: 'error', path: `/api/v1/analyses/${encodeURIComponent("DEF' or 1=1--")}`, headers: key },
  { kind: 'error', path: '/health', method: 'DELETE' },
  { kind: 'error', ...SIGN_IN, headers: JSON_TYPE, body: '{"name":' },
  { kind: 'error', ...SIGN_IN, headers: JSON_TYPE, body: '{"name":7}' },
  {
    kind: 'error',
    ...SIGN_IN,
    headers: { 'content-type': 'text/xml' },
    body: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  },
  { kind: 'error', ...SIGN_IN, headers: JSON_TYPE, body: JSON.stringify({ name: 'x'.repeat(1_200_000) }) },
  {
    kind: 'error',
    path: '/api/v1/analyze',
    method: 'POST',
    headers: { ...key, 'content-type': 'multipart/form-data' },
    body: 'no form',
  },
  {
    kind: 'error',
    path: '/api/v1/analyze',
    method: 'POST',
    headers: { ...key, 'content-type': 'text/plain' },
    body: 'no image',
  },
]

/** Other origins and other hosts. */
export const foreignProbes = (key: Record<string, string>): Probe[] => [
  { kind: 'cors', path: '/api/v1/stats', headers: { ...key, origin: `https://${FOREIGN}` } },
  { kind: 'cors', path: '/api/v1/stats', headers: { ...key, origin: 'null' } },
  {
    kind: 'cors',
    path: '/api/v1/analyze',
    method: 'OPTIONS',
    headers: {
      origin: `https://${FOREIGN}`,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-api-key',
    },
  },
  ...[
    `/?next=https://${FOREIGN}/`,
    `/docs?url=https://${FOREIGN}/`,
    `//${FOREIGN}/`,
    `//${FOREIGN}/docs`,
    `/%5c${FOREIGN}/`,
  ].map((path): Probe => ({ kind: 'redirect', path })),
  { kind: 'trace', path: '/', method: 'TRACE' },
]
