import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { spawnService } from '../../fixtures/processes.ts'
import { testFolder } from '../support/service.ts'

/** What nobody caught: the state of the process is unknown, so it says why and ends. */
const faults = {
  uncaughtException: "throw new Error('nobody caught this')",
  unhandledRejection: "Promise.reject(new Error('nobody caught this'))",
}
for (const [kind, code] of Object.entries(faults)) {
  t.test(`S11 ${kind}: one line of JSON, and an exit code that is not 0`, async (t) => {
    const folder = testFolder()
    t.teardown(() => folder.remove())
    const preload = join(folder.path, 'preload.mjs')
    // Once it listens: the parent has a message then, and answers it.
    writeFileSync(preload, `process.once('message', () => { ${code} })\n`)
    const service = spawnService({ ENVIRONMENT: 'test', DATA_DIR: folder.path, NODE_OPTIONS: `--import=${preload}` })
    t.teardown(() => service.stop())
    await service.listening
    service.process.send('now')
    const exit = await service.exited
    t.ok(exit !== null && exit > 0, `exit code ${exit}`)
    const lines = service.logs.map((line) => JSON.parse(line)).filter(({ msg }) => msg === kind)
    t.match(lines, [{ level: 60, err: { message: 'nobody caught this', stack: /preload/ } }])
    t.same(
      service.errors.filter((line) => /nobody caught|^\s+at /.test(line)),
      [],
      'and no stack outside the log',
    )
  })
}
