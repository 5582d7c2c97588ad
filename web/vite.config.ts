import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { precompress } from './precompress.ts'
import { preload } from './preload.ts'
import { serviceWorker } from './service-worker/plugin.ts'
import { themeCss } from './src/app/theme.ts'

/** The API behind the development server. */
const api = process.env.WEB_API_PROXY ?? `http://127.0.0.1:${process.env.PORT ?? '5001'}`
const proxied = ['/api', '/health', '/ready', '/openapi.json', '/docs']

const THEME = 'virtual:theme.css'

/** Gives the component library's variables as a file: the page's policy forbids the style element that it would make. */
const themeSheet: Plugin = {
  name: 'theme-sheet',
  resolveId: (id) => (id === THEME ? id : undefined),
  load: (id) => (id === THEME ? themeCss() : undefined),
}

/** Not Vite's own helper: the entry needs it, and would have to load the whole group. */
const CODE = /node_modules|web\/src/
/** Modules of a few hundred bytes, each of which would be a file of its own once two screens use it. */
const SMALL =
  /node_modules\/(@tabler|@mantine\/hooks)|web\/src\/(api|language|components\/(?!side-drawer)|features\/[^/]+\/(loader|filters|range|texts|waiting)\.ts)/

export default defineConfig({
  // The worker that makes photos smaller fetches libheif only for HEIC.
  worker: { format: 'es' },
  plugins: [react(), themeSheet, preload, serviceWorker(), precompress],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The page's content security policy has no data: for scripts and fonts.
    assetsInlineLimit: 0,
    // One sheet: what the screens add is small beside the components', and each file more is a round trip.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Measured: without groups the first screen is 73 files, and a slow phone paints its largest part 1.7 s later.
          groups: [
            { name: 'shared', test: CODE, minShareCount: 7 },
            { name: 'small', test: SMALL, minShareCount: 2 },
          ],
          // A group takes what it names, not what that imports.
          includeDependenciesRecursively: false,
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: api }])),
  },
})
