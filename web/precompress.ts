import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Below this, the headers weigh more than what is saved. */
const WORTH_BYTES = 1024

/** Lays a .br and a .gz beside each text file of the build, for the API's static files. CloudFront compresses by itself. */
export const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(css|html|js|svg|webmanifest)$/.test(file)) continue
      const text = readFileSync(join(dir, file))
      if (text.length < WORTH_BYTES) continue
      writeFileSync(join(dir, `${file}.br`), brotliCompressSync(text))
      writeFileSync(join(dir, `${file}.gz`), gzipSync(text, { level: 9 }))
    }
  },
}
