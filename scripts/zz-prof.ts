import { readFileSync, writeFileSync } from 'node:fs'
import { launch } from '../test/e2e/browser.ts'
const p = JSON.parse(readFileSync('/tmp/prod.json','utf8'))
const b = await launch(p.chromium)
const page = await b.newPage({ viewport: { width: 412, height: 823 } })
const c = await page.context().newCDPSession(page)
await c.send('Profiler.enable'); await c.send('Profiler.setSamplingInterval', { interval: 200 })
await c.send('Profiler.start')
const t0 = Date.now()
await page.goto((process.env.ORIGIN ?? p.origin) + (process.argv[2] ?? '/'), { waitUntil: 'networkidle' })
await page.waitForTimeout(500)
const { profile } = await c.send('Profiler.stop') as any
writeFileSync('/tmp/p.cpuprofile', JSON.stringify(profile))
const byId = new Map(profile.nodes.map((n: any) => [n.id, n]))
const self = new Map<string, number>(), total = new Map<string, number>()
const parent = new Map<number, number>()
for (const n of profile.nodes) for (const k of n.children ?? []) parent.set(k, n.id)
profile.samples.forEach((id: number, i: number) => {
  const dt = profile.timeDeltas[i] / 1000
  let n: any = byId.get(id); const key = (n: any) => `${n.callFrame.functionName || '(anon)'} ${n.callFrame.url.split('/').pop()}:${n.callFrame.lineNumber}:${n.callFrame.columnNumber}`
  self.set(key(n), (self.get(key(n)) ?? 0) + dt)
  const seen = new Set()
  for (let x: any = n; x; x = byId.get(parent.get(x.id) as number)) { const k = key(x); if (!seen.has(k)) { seen.add(k); total.set(k, (total.get(k) ?? 0) + dt) } }
})
const top = (m: Map<string, number>, n: number) => [...m].sort((a, b) => b[1] - a[1]).slice(0, n).forEach(([k, v]) => console.log(v.toFixed(1), k))
console.log('--self'); top(self, 30); console.log('--total'); top(total, 60)
await b.close()
