import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Finding, Severity } from './rule.ts'

interface Audit {
  metadata?: object
  vulnerabilities?: Record<string, { severity: string; range?: string }>
}

const SEVERITY: Readonly<Record<string, Severity>> = {
  info: 'info',
  low: 'low',
  moderate: 'medium',
  high: 'high',
  critical: 'high',
}
const TIMEOUT_MS = 60_000

/** What the registry knows of the packages that run in production; or why it was not asked. Development packages do not ship. */
export async function auditPackages(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Finding[] | { notRun: string }> {
  const npm = spawn('npm', ['audit', '--omit=dev', '--json'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: TIMEOUT_MS,
  })
  const failed = once(npm, 'error').then(([error]) => Promise.reject(error))
  try {
    const said = await Promise.race([text(npm.stdout), failed])
    const audit = JSON.parse(said) as Audit
    if (!audit.metadata) return { notRun: 'the registry answers no audit' }
    return Object.entries(audit.vulnerabilities ?? {}).map(([name, { severity, range }]) => ({
      severity: SEVERITY[severity] ?? 'high',
      zap: null,
      name: `A package with a known fault: ${name}`,
      evidence: `${name} ${range ?? ''}, ${severity}`,
      advice: 'npm audit fix, or an override in package.json',
    }))
  } catch {
    return { notRun: 'the registry answers no audit, or npm is not here' }
  }
}
