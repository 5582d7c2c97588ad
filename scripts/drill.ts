/** `make drill NAME=...`: breaks something on purpose, here or in the account (ENV), and reports to .data/drills. Without NAME it lists the drills. */
import { confirm } from './confirm.ts'
import { runDrill, writeReport } from './drills/drill.ts'
import { drills } from './drills/index.ts'
import { Failure } from './infra/failures.ts'

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const { NAME: name = '', ENV: environment } = env
  if (!name) {
    for (const [known, { title, expectation, account }] of Object.entries(drills)) {
      console.log(`${known}${account ? ' (also with ENV)' : ''}: ${title}\n    ${expectation}`)
    }
    console.log('region-evacuation: on paper, docs/drills/region-evacuation.md')
    return
  }
  const drill = drills[name]
  if (!drill) throw new Failure(`NAME must name a drill: ${Object.keys(drills).join(', ')}`)
  if (environment) {
    const question = `This breaks something in ${environment} on purpose (${drill.title}). Type its name to go on: `
    await confirm(
      env,
      environment,
      question,
      'Nothing was done: the name of the environment was not typed (or given as CONFIRM).',
    )
  }
  const report = await runDrill(name, drill, env)
  const path = await writeReport(report)
  console.log(`${report.result} after ${report.seconds} s: ${path}`)
  if (report.result === 'FAIL') process.exitCode = 1
}

try {
  await main(process.env)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = 1
}
