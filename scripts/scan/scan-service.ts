import { contextOf } from '../../ops/checklist/context.ts'
import { runLines } from '../../ops/checklist/line.ts'
import { assetsOf } from '../../ops/checklist/page.ts'
import { tls } from '../../ops/checklist/tls.ts'
import { contentRules } from './content-rules.ts'
import { type Exchange, type Probe, send } from './exchange.ts'
import { headerRules } from './header-rules.ts'
import { apiProbes, foreignProbes, pageProbes } from './probes.ts'
import { type Finding, judgeAll } from './rule.ts'

export const RULES = [...headerRules, ...contentRules]

/** The lines of the checklist on TLS, as findings. */
async function tlsFindings(origin: string, notRun: string[]): Promise<Finding[]> {
  if (!origin.startsWith('https:')) {
    notRun.push('TLS: the address is plain http')
    return []
  }
  const results = await runLines([tls], contextOf(origin), () => undefined)
  for (const { state, name, evidence } of results) if (state === 'not run') notRun.push(`TLS, ${name}: ${evidence}`)
  return results
    .filter(({ state }) => state === 'fail')
    .map(({ name, evidence }) => ({
      severity: 'high',
      zap: null,
      name: `TLS: not so: ${name}`,
      evidence,
      advice: 'see the TLS policy of the load balancer and CloudFront',
    }))
}

export interface ServiceScan {
  findings: Finding[]
  notRun: string[]
  requests: number
  rules: number
}

/** Sends the probes one after another and judges the answers. Throws where nothing answers. */
export async function scanService(
  origin: string,
  key: string | null,
  say: (text: string) => void,
): Promise<ServiceScan> {
  const keyHeader: Record<string, string> = key === null ? {} : { 'x-api-key': key }
  const first = await send(origin, { kind: 'page', path: '/' })
  const probes: Probe[] = [...pageProbes(assetsOf(first.text)), ...apiProbes(keyHeader), ...foreignProbes(keyHeader)]
  say(`${probes.length + 1} requests to ${origin}`)
  const exchanges: Exchange[] = [first]
  for (const probe of probes) {
    exchanges.push(await send(origin, probe))
    if (exchanges.length % 20 === 0) say(`${exchanges.length} of ${probes.length + 1}`)
  }
  const notRun: string[] = []
  const seen = exchanges.filter(({ kind, status }) => kind !== 'private' || status === 200)
  if (!seen.some(({ kind }) => kind === 'private')) notRun.push('private answers: set CHECKLIST_API_KEY')
  const limited = exchanges.filter(({ status }) => status === 429).length
  if (limited > 0) notRun.push(`${limited} answers are a 429: wait a minute, then scan again`)
  return {
    findings: [...judgeAll(RULES, seen), ...(await tlsFindings(origin, notRun))],
    notRun,
    requests: exchanges.length,
    rules: RULES.length,
  }
}
