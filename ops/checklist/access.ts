import { randomBytes } from 'node:crypto'
import { ask, isLoopback } from '../lib/ask.ts'
import { withKey } from './context.ts'
import { fail, type Group, judge, notRun, pass } from './line.ts'

/** A cheap route that requires a key. */
const GUARDED = '/api/v1/stats'
const random = () => `wiko_${randomBytes(16).toString('hex')}`

/** Guide: "Verify API authentication with/without key". */
export const access: Group = {
  title: 'Authentication',
  lines: [
    {
      name: 'without a key: refused',
      async check({ api }) {
        const { status, ms } = await ask(new URL(GUARDED, api))
        if (status === 200 && isLoopback(api)) {
          return notRun(
            'this service is open, as it has no API_KEY: start it with one, and give it as CHECKLIST_API_KEY',
          )
        }
        return judge([status !== 401 && 'a call without a key is not a 401'], `${GUARDED} ${status}, ${ms} ms`)
      },
    },
    {
      name: 'with the key: accepted',
      async check(context) {
        if (context.key === null) return notRun('no key: set CHECKLIST_API_KEY, or type it on a terminal')
        const { status, ms } = await ask(new URL(GUARDED, context.api), { headers: withKey(context) })
        return status === 200
          ? pass(`${GUARDED} ${status}, ${ms} ms`)
          : fail(`${GUARDED} ${status}: the key is not taken`)
      },
    },
    {
      name: 'a wrong key: refused',
      async check({ api }) {
        const { status, ms } = await ask(new URL(GUARDED, api), { headers: { 'x-api-key': random() } })
        return judge([status !== 401 && 'a wrong key is not a 401'], `${GUARDED} ${status}, ${ms} ms`)
      },
    },
    {
      name: 'a key in the query string: refused',
      async check({ api }) {
        // A random key: the real one would end up in a log.
        const { status, ms } = await ask(new URL(`${GUARDED}?api_key=${random()}`, api))
        return judge([status !== 401 && 'it is not a 401'], `${GUARDED}?api_key=... ${status}, ${ms} ms`)
      },
    },
  ],
}
