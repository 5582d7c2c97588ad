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

/** Of a group of modules: what these import stays where it is. */
const alone = { includeDependenciesRecursively: false }

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
          groups: [
            // These change more rarely than the page: a cache entry of their own.
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'router', test: /node_modules[\\/]react-router[\\/]/ },
            // Few files: each one costs a slow network another round trip. What runs first, what every screen needs, what several need.
            { name: 'early', test: /web[\\/]src[\\/]main\.ts$/ },
            { name: 'providers', test: /web[\\/]src[\\/]app[\\/]providers\.tsx$/ },
            { name: 'frame', test: /web[\\/]src[\\/]start\.tsx$/ },
            // Else it comes along with an icon that the first screen needs too.
            { name: 'virtual', test: /node_modules[\\/]@tanstack[\\/](react-)?virtual/ },
            // Large, and not for the first screen.
            {
              name: 'tables',
              test: /@mantine[\\/]core[\\/].*[\\/](Table|ScrollArea|Checkbox)[\\/]/,
              minShareCount: 2,
              ...alone,
            },
            {
              name: 'common',
              test: /node_modules|web[\\/]src[\\/](api|components|texts)[\\/]/,
              minShareCount: 4,
              ...alone,
            },
            {
              name: 'small',
              test: /node_modules[\\/](@tabler|@tanstack|@mantine[\\/]hooks)|web[\\/]src[\\/](api|language|components[\\/](?!side-drawer))/,
              minShareCount: 2,
              ...alone,
            },
            {
              name: 'verdict',
              test: /web[\\/]src[\\/](features[\\/](result|review)|app)[\\/]/,
              minShareCount: 2,
              ...alone,
            },
            { name: 'queue', test: /features[\\/]inspect[\\/]|[\\/](idb|Progress)[\\/]/, minShareCount: 2, ...alone },
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
