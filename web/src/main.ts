import './app/mantine.css'
import 'virtual:theme.css'
import './app/base.css'
import './app/frame-room.css'
import { beginEarly } from './api/early.ts'
import { fetchScreenFiles, runLibraries } from './app/screen-files.ts'
import { firstLanguage } from './language/languages.ts'

/** Milliseconds after which nobody waits for a first paint any longer: it may have been before, or be never. */
const PATIENCE = 300

/** Resolves when the browser has painted what it has; at once where nobody looks. */
const painted = (): Promise<void> =>
  new Promise((done) => {
    if (document.hidden) done()
    new PerformanceObserver(() => done()).observe({ type: 'paint', buffered: true })
    setTimeout(done, PATIENCE)
  })

// The frame's place in index.html is seen before the scripts keep a slow phone busy. Their files are coming meanwhile (../preload.ts).
void painted()
  .then(runLibraries)
  .then(() => import('./start.tsx'))

fetchScreenFiles(location.pathname, firstLanguage())
beginEarly(location)
