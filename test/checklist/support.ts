import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { type Context, contextOf } from '../../ops/checklist/context.ts'
import { type Group, type Result, runLines } from '../../ops/checklist/line.ts'

export { contextOf }

/** The results of one group. */
export const check = (group: Group, context: Context): Promise<Result[]> => runLines([group], context, () => undefined)

/** The origin of a server of the test's own; stopped with it. */
export async function listening(t: Pick<Test, 'teardown'>, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A little server that answers as the test wants. */
export const serve = (t: Pick<Test, 'teardown'>, answer: RequestListener): Promise<string> =>
  listening(t, createServer(answer))
