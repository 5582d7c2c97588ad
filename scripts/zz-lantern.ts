import * as chromeLauncher from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { readFileSync } from 'node:fs'
import { LanternLargestContentfulPaint as L } from '/work/main/node_modules/lighthouse/core/computed/metrics/lantern-largest-contentful-paint.js'
import { Audit } from '/work/main/node_modules/lighthouse/core/audits/audit.js'
const p = JSON.parse(readFileSync('/tmp/prod.json','utf8'))
const names = process.argv.slice(2)
for (const {name, path} of p.list.filter((x:any)=>names.length===0||names.includes(x.name))) {
  const chrome = await chromeLauncher.launch({ chromePath: p.chromium, chromeFlags: ['--headless=new','--no-sandbox','--disable-gpu'] })
  const r = await lighthouse(p.origin+path, {port: chrome.port, onlyCategories:['performance']})
  chrome.kill()
  const a = r!.lhr.audits as any
  console.log('##', name, Math.round((r!.lhr.categories.performance!.score??0)*100), ['first-contentful-paint','largest-contentful-paint','total-blocking-time','cumulative-layout-shift'].map(k=>a[k].displayValue).join(' '))
  const context = { settings: r!.lhr.configSettings, computedCache: new Map(), options: {} } as any
  const data = (Audit as any).makeMetricComputationDataInput(r!.artifacts, context)
  const m = await (L as any).request(data, context)
  console.log('timing', m.timing, 'opt', m.optimisticEstimate.timeInMs, 'pes', m.pessimisticEstimate.timeInMs)
  for (const k of ['optimisticEstimate','pessimisticEstimate']) {
    console.log(k)
    const rows = [...m[k].nodeTimings].map(([n,t]: any)=>({n,t})).sort((x,y)=>x.t.startTime-y.t.startTime)
    for (const {n,t} of rows) {
      if (n.type==='network') console.log('  net', Math.round(t.startTime), Math.round(t.endTime), n.request.url.replace(p.origin,'').slice(0,70), n.request.transferSize)
      else if (t.endTime-t.startTime>20) console.log('     cpu', Math.round(t.startTime), Math.round(t.endTime))
    }
  }
}
process.exit(0)
