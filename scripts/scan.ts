/**
 * `make scan URL=http://127.0.0.1:5001`: looks at the answers of a running service as ZAP's baseline scan does, with a few dozen requests
 * that change nothing, and asks the registry for known faults of the packages.
 *
 * Variables: URL; ALLOW_HOST (the host, where it is not this machine); CHECKLIST_API_KEY (else private answers are looked at where the
 * API is open). Options: --json FILE, --fail-on info|low|medium|high (medium), --no-packages. Exit code: 0 nothing of that severity, 1
 * something, 2 wrong usage or no answer.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { reasonOf } from '../ops/checklist/line.ts'
import { allowedTarget } from '../ops/lib/allowed-target.ts'
import { Failure } from '../ops/lib/failures.ts'
import { auditPackages } from './scan/packages.ts'
import { type Finding, SEVERITIES, type Severity } from './scan/rule.ts'
import { scanService } from './scan/scan-service.ts'

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)

function options() {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      'fail-on': { type: 'string', default: 'medium' },
      'no-packages': { type: 'boolean', default: false },
    },
  })
  const failOn = SEVERITIES.find((severity) => severity === values['fail-on'])
  if (!failOn) throw new Failure(`--fail-on takes ${SEVERITIES.join(', ')}`)
  return { json: values.json, failOn, packages: !values['no-packages'] }
}

async function main(): Promise<boolean> {
  const { json, failOn, packages } = options()
  const origin = allowedTarget(process.env)
  const key = process.env.CHECKLIST_API_KEY?.trim() || null
  const service = await scanService(origin, key, say)
  if (packages) say('asking the registry about the packages')
  const audit = packages
    ? await auditPackages(resolve(import.meta.dirname, '..'))
    : { notRun: 'not asked for (--no-packages)' }
  const notRun = [...service.notRun, ...('notRun' in audit ? [`packages: ${audit.notRun}`] : [])]
  const findings: Finding[] = [...service.findings, ...('notRun' in audit ? [] : audit)]
  findings.sort((a, b) => rank(b.severity) - rank(a.severity))

  for (const { severity, zap, name, evidence, advice } of findings) {
    process.stdout.write(
      `${severity.toUpperCase().padEnd(7)} ${zap === null ? '' : `[ZAP ${zap}] `}${name}\n        ${evidence}\n        to do: ${advice}\n`,
    )
  }
  for (const line of notRun) process.stdout.write(`NOT RUN ${line}\n`)
  const counts = SEVERITIES.toReversed().map(
    (severity) => `${findings.filter((one) => one.severity === severity).length} ${severity}`,
  )
  process.stdout.write(`${service.requests} requests, ${service.rules} rules: ${counts.join(', ')}\n`)
  if (json)
    writeFileSync(json, `${JSON.stringify({ origin, requests: service.requests, findings, notRun }, null, 2)}\n`)
  return !findings.some(({ severity }) => rank(severity) >= rank(failOn))
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  say(reasonOf(error))
  process.exitCode = 2
}
