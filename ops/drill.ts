/** `make drill NAME=...`: breaks something on purpose, here or in the account (ENV), and reports to .data/drills. Without NAME it lists the drills. */

import { type Drill, runDrill, writeReport } from './drills/drill.ts'
import { drills } from './drills/index.ts'
import { confirm } from './lib/confirm.ts'
import { Failure } from './lib/failures.ts'

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const { NAME: name = '', ENV: environment } = env
  if (!name) {
    for (const [known, { title, expectation, account }] of Object.entries(drills)) {
      console.log(`${known}${account ? ' (also with ENV)' : ''}: ${title}\n    ${expectation}`)
    }
    console.log('region-evacuation: on paper, docs/drills/region-evacuation.md')
    return
  }
  if (name === 'all' && !environment) {
    const failed: string[] = []
    for (const [one, drill] of Object.entries(drills)) if (!(await run(one, drill, env))) failed.push(one)
    if (failed.length > 0) throw new Failure(`Failed: ${failed.join(', ')}`)
    return
  }
  const drill = drills[name]
  if (!drill) throw new Failure(`NAME must name a drill: ${Object.keys(drills).join(', ')}, or without ENV all`)
  if (environment) {
    const question = `This breaks something in ${environment} on purpose (${drill.title}). Type its name to go on: `
    await confirm(
      env,
      environment,
      question,
      'Nothing was done: the name of the environment was not typed (or given as CONFIRM).',
    )
  }
  if (!(await run(name, drill, env))) process.exitCode = 1
}

/** Runs a drill and writes its report; returns whether it passed. */
async function run(name: string, drill: Drill, env: NodeJS.ProcessEnv): Promise<boolean> {
  const report = await runDrill(name, drill, env)
  const path = await writeReport(report)
  console.log(`${report.result} after ${report.seconds} s: ${path}`)
  return report.result === 'PASS'
}

try {
  await main(process.env)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
