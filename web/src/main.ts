import './app/mantine.css'
import 'virtual:theme.css'
import './app/base.css'
import './app/page-placeholder.css'

/** Milliseconds to wait for a first paint; it may already have happened, or never happen in a background tab. */
const PAINT_TIMEOUT_MS = 300

const painted = (): Promise<void> =>
  new Promise((done) => {
    if (document.hidden) done()
    new PerformanceObserver(() => done()).observe({ type: 'paint', buffered: true })
    setTimeout(done, PAINT_TIMEOUT_MS)
  })

// Show the placeholder in index.html before the libraries keep a slow phone busy. Their files are preloaded (../preload.ts).
void painted().then(() => import('./start.tsx'))
