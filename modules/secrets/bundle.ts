import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { zip } from './zip.ts'

/** The rotation function as a zip, the same bytes for the same source: the AWS SDK is part of Lambda's runtime. */
export function rotationCode(): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: ['handler.ts'],
    absWorkingDir: join(import.meta.dirname, 'rotation'), // esbuild notes paths relative to it
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    logLevel: 'silent', // a failure is thrown
  })
  const [bundle] = outputFiles
  if (!bundle) throw new Error('esbuild wrote nothing for the rotation function')
  return zip('handler.js', bundle.contents)
}
