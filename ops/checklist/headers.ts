import { ask } from '../lib/ask.ts'
import { type Finding, type Group, judge } from './line.ts'

/** A reserved name (RFC 2606). */
const FOREIGN = 'https://foreign.example'

async function securityHeaders(url: string): Promise<Finding> {
  const { headers } = await ask(url)
  const of = (name: string) => headers.get(name) ?? ''
  const csp = of('content-security-policy')
  const secure = url.startsWith('https:')
  const maxAge = Number(/max-age=(\d+)/.exec(of('strict-transport-security'))?.[1] ?? 0)
  return judge(
    [
      csp === '' && 'no Content-Security-Policy',
      csp !== '' &&
        /script-src[^;]*'unsafe-(inline|eval)'/.test(csp) &&
        'the Content-Security-Policy allows unsafe scripts',
      secure && maxAge < 15_552_000 && `Strict-Transport-Security is ${maxAge} s, under half a year`,
      of('x-content-type-options') !== 'nosniff' && 'no X-Content-Type-Options: nosniff',
      !/^(DENY|SAMEORIGIN)$/i.test(of('x-frame-options')) &&
        !csp.includes('frame-ancestors') &&
        'may be framed by others',
      of('referrer-policy') === '' && 'no Referrer-Policy',
    ],
    `CSP ${csp === '' ? 'none' : 'there'}, HSTS ${secure ? `${maxAge} s` : 'not asked for on http'}, Referrer-Policy ${of('referrer-policy') || 'none'}`,
  )
}

/** Response headers required by the guide's security section. */
export const headers: Group = {
  title: 'Headers',
  lines: [
    { name: 'security headers of the page', on: 'edge', check: ({ page }) => securityHeaders(page) },
    { name: 'security headers of the API', check: ({ api }) => securityHeaders(new URL('/health', api).href) },
    {
      name: 'a foreign origin may not read answers (CORS)',
      async check({ api }) {
        const url = new URL('/api/v1/stats', api)
        const simple = await ask(url, { headers: { origin: FOREIGN } })
        const preflight = await ask(url, {
          method: 'OPTIONS',
          headers: {
            origin: FOREIGN,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'x-api-key',
          },
        })
        const allowed = [simple, preflight].map((answer) => answer.headers.get('access-control-allow-origin'))
        return judge(
          [allowed.some((origin) => origin === '*' || origin === FOREIGN) && 'it may'],
          `Access-Control-Allow-Origin for ${FOREIGN}: ${allowed.map((origin) => origin ?? 'none').join(', ')}`,
        )
      },
    },
  ],
}
