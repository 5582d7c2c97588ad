import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The API behind the development server. */
const api = process.env.WEB_API_PROXY ?? `http://127.0.0.1:${process.env.PORT ?? '5001'}`
const proxied = ['/api', '/health', '/ready', '/openapi.json', '/docs']

export default defineConfig({
  plugins: [react()],
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
