import * as chromeLauncher from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
const prodPid=readFileSync('/tmp/prod.pid','utf8').trim()
function renice(n:number){ const pids=[String(process.pid), ...execFileSync('pgrep',['-f','api/server.ts|postgres']).toString().trim().split('\n')]; const tids=pids.flatMap(x=>{try{return readdirSync(`/proc/${x}/task`)}catch{return []}}); execFileSync('renice',['-n',String(n),'-p',...tids],{stdio:'ignore'}) }
const p = JSON.parse(readFileSync('/tmp/prod.json','utf8'))
const origin = process.env.ORIGIN ?? p.origin
const names = process.argv.slice(2)
for (const {name, path} of p.list.filter((x:any)=>names.length===0||names.includes(x.name))) {
  const chrome = await chromeLauncher.launch({ chromePath: p.chromium, chromeFlags: ['--headless=new','--no-sandbox','--disable-gpu'] })
  if (process.env.NICE) renice(10)
  const r = await lighthouse(origin+path, {port: chrome.port, onlyCategories:['performance']})
  const a = r!.lhr.audits as any
  writeFileSync(`/tmp/lh-${name}.json`, JSON.stringify(r!.lhr))
  console.log(name, Math.round((r!.lhr.categories.performance!.score??0)*100), ['first-contentful-paint','largest-contentful-paint','speed-index','total-blocking-time','cumulative-layout-shift'].map(k=>a[k].displayValue).join(' '), 'bench', r!.lhr.environment.benchmarkIndex, r!.lhr.runtimeError?.message ?? '')
  if (process.env.MORE) {
    console.log(JSON.stringify(a['lcp-breakdown-insight']?.details ?? a['largest-contentful-paint-element']?.details, null, 0)?.slice(0,1500))
    for (const x of a['long-tasks']?.details?.items ?? []) console.log(' long', x.url.replace(origin,''), Math.round(x.startTime), Math.round(x.duration))
    console.log(JSON.stringify(a['cls-culprits-insight']?.details?.items?.[0]?.items?.map((x:any)=>[x.node?.selector ?? x.node?.value, x.score, x.subItems?.items?.map((y:any)=>y.extra?.value)])))
    for (const x of a['bootup-time']?.details?.items ?? []) console.log(' boot', x.url.replace(origin,''), Math.round(x.total), Math.round(x.scripting), Math.round(x.scriptParseCompile))
    for (const x of a['network-requests'].details.items) console.log(' net', x.url.replace(origin,''), x.priority, Math.round(x.networkRequestTime), Math.round(x.networkEndTime), x.transferSize, x.protocol)
    console.log(JSON.stringify(a.metrics.details.items[0]))
  }
  chrome.kill(); if (process.env.NICE) renice(0)
}
