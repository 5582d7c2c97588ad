import * as chromeLauncher from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { readFileSync } from 'node:fs'
const p = JSON.parse(readFileSync('/tmp/prod.json','utf8'))
const names = process.argv.slice(2)
for (const {name, path} of p.list.filter((x:any)=>names.length===0||names.includes(x.name))) {
  const chrome = await chromeLauncher.launch({ chromePath: p.chromium, chromeFlags: ['--headless=new','--no-sandbox','--disable-gpu'] })
  const r = await lighthouse(p.origin+path, {port: chrome.port, onlyCategories:['performance']})
  chrome.kill()
  const a = r!.lhr.audits as any
  console.log('##', name, Math.round((r!.lhr.categories.performance!.score??0)*100), ['first-contentful-paint','largest-contentful-paint','total-blocking-time','cumulative-layout-shift'].map(k=>a[k].displayValue).join(' '))
  const t = (r!.artifacts as any).Trace.traceEvents as any[]
  // main thread of the page
  const nav = t.filter(e=>e.name==='navigationStart' && e.args.data?.documentLoaderURL?.startsWith(p.origin)).at(-1)
  const mine = t.filter(e=>e.pid===nav.pid&&e.tid===nav.tid&&e.ph==='X').sort((x,y)=>x.ts-y.ts||y.dur-x.dur)
  const top = mine.filter(e=>e.name==='RunTask'||e.name==='ThreadControllerImpl::RunTask')
  for (const task of top) {
    if (task.ts<nav.ts || task.dur<8000) continue
    const inside = mine.filter(e=>e.ts>=task.ts&&e.ts+e.dur<=task.ts+task.dur&&e!==task)
    // self times by label
    const self = new Map<string, number>()
    const stack:any[]=[]
    const add=(e:any,d:number)=>{const l=e.name+(e.args?.data?.url?' '+e.args.data.url.split('/').pop()+(e.args.data.functionName?':'+e.args.data.functionName:''):'')+(e.name==='Layout'?' n='+e.args?.beginData?.dirtyObjects+'/'+e.args?.beginData?.totalObjects:'')+(e.name==='UpdateLayoutTree'?' n='+e.args?.elementCount:''); self.set(l,(self.get(l)??0)+d)}
    for (const e of inside){ while(stack.length&&stack.at(-1).ts+stack.at(-1).dur<=e.ts) stack.pop(); if(stack.length) add(stack.at(-1),-e.dur); add(e,e.dur); stack.push(e)}
    console.log('tdur', task.tdur, ` ${((task.ts-nav.ts)/1000).toFixed(0)}ms ${(task.dur/1000).toFixed(1)}:`, [...self].filter(([,d])=>d>800).sort((x,y)=>y[1]-x[1]).map(([l,d])=>`${l} ${(d/1000).toFixed(1)}`).join(' | '))
  }
  for (const x of a['lcp-breakdown-insight']?.details?.items ?? []) if (x.nodeLabel||x.items) console.log('  lcp', JSON.stringify(x.nodeLabel ?? x.items?.map((y:any)=>[y.subpart,Math.round(y.duration)])))
  if (process.env.NET) for (const x of a['network-requests'].details.items) console.log(' net', x.url.replace(p.origin,''), x.priority, Math.round(x.networkRequestTime), Math.round(x.networkEndTime), x.transferSize)
}
process.exit(0)
