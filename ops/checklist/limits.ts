import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, ask } from '../lib/ask.ts'
import { fail, type Group, judge } from './line.ts'

/** Guide: "Test rate limiting (61 requests in 1 minute)". */
const LIMIT = 60
/** A route under /api that requires no key. */
const PATH = '/api/v1/defect-types'

/** `"default";q=60;w=60` and `"default";r=59;t=60`, the formats of RateLimit-Policy and RateLimit; NaN if absent. */
function standing({ headers }: Answer): { most: number; remaining: number; resetSeconds: number } {
  const number = (header: string, name: string) =>
    Number(new RegExp(`;\\s*${name}=(\\d+)`).exec(headers.get(header) ?? '')?.[1] ?? Number.NaN)
  return {
    most: number('ratelimit-policy', 'q'),
    remaining: number('ratelimit', 'r'),
    resetSeconds: number('ratelimit', 't'),
  }
}

/** Runs last: it exhausts this address's rate limit for a minute. */
export const limits: Group = {
  title: 'Rate limiting',
  lines: [
    {
      name: '61 requests in a minute without a key: the 61st is a 429',
      async check({ api, say }) {
        const url = new URL(PATH, api)
        let first = await ask(url)
        const { most, remaining, resetSeconds } = standing(first)
        if (Number.isNaN(most)) return fail(`no RateLimit-Policy on ${PATH} (${first.status})`)
        if (most !== LIMIT) return fail(`the limit of an address is ${most}, not ${LIMIT}`)
        if (remaining !== LIMIT - 1 || first.status === 429) {
          say(`waiting ${resetSeconds} s for a fresh minute`)
          await sleep((resetSeconds + 1) * 1000)
          first = await ask(url)
        }
        const started = performance.now()
        const answers = [first]
        while (answers.length <= LIMIT) {
          answers.push(await ask(url))
          if (answers.length % 20 === 0) say(`${answers.length} of ${LIMIT + 1} requests`)
        }
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        const last = answers.at(-1) as Answer
        const refusedAt = answers.findIndex(({ status }) => status === 429) + 1
        const retryAfter = last.headers.get('retry-after')
        return judge(
          [
            refusedAt === 0 && 'none of 61 requests is a 429',
            refusedAt > 0 && refusedAt <= LIMIT && `request ${refusedAt} is a 429 already`,
            refusedAt > 0 &&
              !/^([1-9]|[1-5]\d|60)$/.test(retryAfter ?? '') &&
              `Retry-After is ${retryAfter ?? 'missing'}`,
            refusedAt > 0 && standing(last).remaining !== 0 && 'the 429 has no RateLimit header',
          ],
          `${refusedAt === 0 ? 'no 429' : `429 on request ${refusedAt}`} in ${seconds} s, Retry-After ${retryAfter ?? 'none'}, limit ${most}`,
        )
      },
    },
  ],
}
