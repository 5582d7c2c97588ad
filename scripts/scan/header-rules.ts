import type { Exchange } from './exchange.ts'
import { isHtml, isSecure, type Rule } from './rule.ts'

const directiveOf = (csp: string, name: string): string | undefined =>
  csp
    .split(';')
    .map((directive) => directive.trim())
    .find((directive) => directive === name || directive.startsWith(`${name} `))

/** What a kind of resource may come from: its own directive, or the default. */
const sources = (csp: string, name: string): string => directiveOf(csp, name) ?? directiveOf(csp, 'default-src') ?? ''
const cspOf = ({ headers }: Exchange): string => headers.get('content-security-policy') ?? ''
const header = (exchange: Exchange, name: string): string | null => exchange.headers.get(name)
const cookieWithout = (attribute: RegExp) => (exchange: Exchange) =>
  exchange.cookies.find((cookie) => !attribute.test(cookie))?.split('=')[0] ?? null

export const headerRules: readonly Rule[] = [
  {
    severity: 'medium',
    zap: 10038,
    name: 'No content security policy',
    advice: 'send Content-Security-Policy with each HTML page',
    seen: (exchange) => (isHtml(exchange) && cspOf(exchange) === '' ? 'none' : null),
  },
  {
    severity: 'medium',
    zap: 10055,
    name: 'The content security policy lets scripts in',
    advice: "take 'unsafe-inline', 'unsafe-eval', * and whole schemes out of script-src; name a script by its hash",
    seen: (exchange) => {
      const scripts = sources(cspOf(exchange), 'script-src')
      const csp = cspOf(exchange)
      if (!isHtml(exchange) || csp === '') return null
      if (scripts === '') return 'neither script-src nor default-src'
      return /'unsafe-(?:inline|eval)'|\s\*(?:\s|$)|\s(?:https?|data):(?:\s|$)/.test(scripts) ? scripts : null
    },
  },
  {
    severity: 'low',
    zap: 10055,
    name: 'The content security policy has gaps',
    advice: "add object-src 'none', base-uri and form-action; avoid 'unsafe-inline' in style-src",
    kinds: ['page'],
    seen: (exchange) => {
      const csp = cspOf(exchange)
      if (!isHtml(exchange) || csp === '') return null
      const missing = ['base-uri', 'form-action'].filter((name) => !directiveOf(csp, name))
      if (!/'(?:none|self)'/.test(sources(csp, 'object-src'))) missing.push('object-src')
      if (sources(csp, 'style-src').includes("'unsafe-inline'")) missing.push("style-src without 'unsafe-inline'")
      return missing.length > 0 ? `lacks ${missing.join(', ')}` : null
    },
  },
  {
    severity: 'medium',
    zap: 10020,
    name: 'May be framed by other sites',
    advice: "send frame-ancestors 'none' in the content security policy, or X-Frame-Options: DENY",
    seen: (exchange) =>
      isHtml(exchange) &&
      !directiveOf(cspOf(exchange), 'frame-ancestors') &&
      !/^(deny|sameorigin)$/i.test(header(exchange, 'x-frame-options') ?? '')
        ? 'neither frame-ancestors nor X-Frame-Options'
        : null,
  },
  {
    severity: 'low',
    zap: 10021,
    name: 'Browsers may guess the type of an answer',
    advice: 'send X-Content-Type-Options: nosniff',
    seen: (exchange) =>
      exchange.status < 300 && header(exchange, 'x-content-type-options') !== 'nosniff' ? 'no nosniff' : null,
  },
  {
    severity: 'low',
    zap: 10019,
    name: 'An answer without a type',
    advice: 'send Content-Type',
    seen: (exchange) =>
      exchange.text !== '' && header(exchange, 'content-type') === null ? `${exchange.text.length} characters` : null,
  },
  {
    severity: 'low',
    zap: 10035,
    name: 'Browsers are not told to stay with https',
    advice: 'send Strict-Transport-Security: max-age=31536000; includeSubDomains',
    seen: (exchange) =>
      isSecure(exchange) && !/max-age=[1-9]/.test(header(exchange, 'strict-transport-security') ?? '') ? 'none' : null,
  },
  {
    severity: 'low',
    zap: null,
    name: 'Addresses of the page leak to other sites',
    advice: 'send Referrer-Policy: no-referrer',
    seen: (exchange) =>
      isHtml(exchange) && /^$|unsafe-url|^no-referrer-when-downgrade$/.test(header(exchange, 'referrer-policy') ?? '')
        ? 'no Referrer-Policy that holds'
        : null,
  },
  {
    severity: 'low',
    zap: 10036,
    name: 'The server names its version',
    advice: 'take the version out of the Server header',
    seen: (exchange) => (/\d/.test(header(exchange, 'server') ?? '') ? `Server: ${header(exchange, 'server')}` : null),
  },
  {
    severity: 'low',
    zap: 10037,
    name: 'The server names what it is made of',
    advice: 'take X-Powered-By away',
    seen: (exchange) =>
      header(exchange, 'x-powered-by') === null ? null : `X-Powered-By: ${header(exchange, 'x-powered-by')}`,
  },
  {
    severity: 'low',
    zap: 10010,
    name: 'A cookie that scripts can read',
    advice: 'set HttpOnly',
    seen: cookieWithout(/;\s*httponly/i),
  },
  {
    severity: 'low',
    zap: 10011,
    name: 'A cookie that goes over plain http',
    advice: 'set Secure',
    seen: (exchange) => (isSecure(exchange) ? cookieWithout(/;\s*secure/i)(exchange) : null),
  },
  {
    severity: 'low',
    zap: 10054,
    name: 'A cookie that other sites make a browser send',
    advice: 'set SameSite=Lax or Strict',
    seen: cookieWithout(/;\s*samesite=(?:lax|strict)/i),
  },
  {
    severity: 'low',
    zap: 10015,
    name: 'A private answer may be kept by caches',
    advice: 'send Cache-Control: no-store with what is behind a key',
    kinds: ['private'],
    seen: (exchange) =>
      /\bno-store\b/.test(header(exchange, 'cache-control') ?? '')
        ? null
        : `Cache-Control: ${header(exchange, 'cache-control') ?? 'none'}`,
  },
]
