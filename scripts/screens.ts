/**
 * Opens every screen of the product in Chromium on a database with demo data, and prints how long each takes, with how many requests and
 * bytes. Judged (exit code 1) are requests and bytes, by the limits of screens/list.ts: milliseconds are those of this machine and of
 * what else runs on it; the target of one second is printed beside them. DATA_DIR: where the demo data are; without, they are made.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildPage, chromiumPath, launch } from '../test/e2e/browser.ts'
import { spawnService } from '../test/server/processes.ts'
import { SCREENS } from './screens/list.ts'
import { type Opened, open } from './screens/measure.ts'

const TARGET_MS = 1000
const TIMES = 3
const HIGH = '1000000'
const ROOT = resolve(import.meta.dirname, '..')
const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** The folder of the demo data, filled where it is new. */
async function demoFolder(): Promise<string> {
  const named = process.env.DATA_DIR
  if (named && existsSync(join(named, 'postgres'))) return resolve(named)
  const folder = resolve(named || join(ROOT, '.data/screens'))
  if (existsSync(join(folder, 'postgres'))) return folder
  say(`Demo data are made in ${folder}; that takes about two minutes, once.`)
  mkdirSync(folder, { recursive: true })
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '', ENVIRONMENT: 'development' }
  const child = spawn(process.execPath, [join(ROOT, 'scripts/demo-data.ts')], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the demo data could not be made')
  return folder
}

async function defectId(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/analyses?limit=1&defect_detected=true`)
  const { analyses } = (await answer.json()) as { analyses: { defect_id: string }[] }
  const [found] = analyses
  if (!found) throw new Error('the database holds no defect; make the demo data: make demo-data')
  return found.defect_id
}

/** Time in the middle; requests and bytes at their most, as pictures may come late. */
function typical(opened: readonly Opened[]): Opened {
  const times = opened.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return {
    ms: times[Math.floor(times.length / 2)] ?? Number.NaN,
    requests: Math.max(...opened.map(({ requests }) => requests)),
    kilobytes: Math.max(...opened.map(({ kilobytes }) => kilobytes)),
  }
}

async function main(): Promise<boolean> {
  const executable = chromiumPath()
  if (!executable) throw new Error('Chromium is not here: install the package chromium, or set CHROMIUM to its path')
  await buildPage()
  await using cleanUp = new AsyncDisposableStack()
  const folder = await demoFolder()
  const service = spawnService({
    ENVIRONMENT: 'test',
    DATA_DIR: folder,
    RATE_LIMIT_PER_IP: HIGH,
    RATE_LIMIT_PER_KEY: HIGH,
  })
  cleanUp.defer(async () => void (await service.stop()))
  const origin = await service.listening
  const browser = await launch(executable)
  cleanUp.defer(() => browser.close())
  const id = await defectId(origin)

  console.log(
    `${'Screen'.padEnd(20)}${'ms'.padStart(7)}${'requests'.padStart(16)}${'kB'.padStart(16)}   (time: target under ${TARGET_MS} ms, not judged)`,
  )
  let ok = true
  for (const screen of SCREENS) {
    const opened: Opened[] = []
    for (let time = 0; time < TIMES; time++) {
      opened.push(await open(browser, origin, { ...screen, path: screen.path.replace('DEFECT', id) }))
    }
    const { ms, requests, kilobytes } = typical(opened)
    const within = requests <= screen.requests && kilobytes <= screen.kilobytes
    ok &&= within
    const of = (value: number, limit: number) => `${value.toFixed(0)} of ${limit}`.padStart(16)
    console.log(
      `${screen.name.padEnd(20)}${ms.toFixed(0).padStart(7)}${of(requests, screen.requests)}${of(kilobytes, screen.kilobytes)}${within ? '' : '   OVER THE LIMIT'}`,
    )
  }
  return ok
}

await main().then(
  (ok) => {
    if (!ok) process.exitCode = 1
  },
  (error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  },
)
