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

export default defineConfig({
  plugins: [react(), themeSheet, preload, serviceWorker(), precompress],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The page's content security policy has no data: for scripts and fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // These change more rarely than the page: a cache entry of their own.
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
            // Few files: each one costs a slow network another round trip. What every screen needs, what several need, the first one.
            { name: 'frame', test: /web[\\/]src[\\/]start\.tsx$/ },
            {
              name: 'common',
              test: /node_modules|web[\\/]src[\\/](api|components|texts)[\\/]/,
              minShareCount: 4,
              includeDependenciesRecursively: false,
            },
            { name: 'inspect', test: /app[\\/]routes[\\/]inspect\.tsx$/ },
            // Else it comes along with an icon that the first screen needs too.
            { name: 'virtual', test: /node_modules[\\/]@tanstack[\\/](react-)?virtual/ },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: api }])),
  },
})
