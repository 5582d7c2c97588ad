import { isLoopback } from './ask.ts'
import { Failure } from './failures.ts'

/**
 * The origin of URL. Commands that put load on a service accept only this machine, or the host named by ALLOW_HOST.
 * @throws Failure in one line
 */
export function allowedTarget({ URL: given = '', ALLOW_HOST: allowed = '' }: NodeJS.ProcessEnv): string {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new Failure('URL must be the address of the service, such as http://127.0.0.1:5001')
  }
  const { origin, hostname } = new URL(given)
  if (isLoopback(origin) || hostname === allowed.trim()) return origin
  throw new Failure(`${hostname} is not this machine: where it is yours and meant, say so with ALLOW_HOST=${hostname}`)
}
