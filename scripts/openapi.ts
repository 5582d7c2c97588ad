/**
 * Writes web/src/api/schema.d.ts, the types of the page's client, from the OpenAPI document, so that a change of the
 * API breaks the page's type check. With --check it only compares, and fails where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { openapiDocument } from '../api/openapi-document.ts'

const target = resolve(import.meta.dirname, '../web/src/api/schema.d.ts')
const document = await openapiDocument()
const types = `// Written by \`npm run openapi\` from the API's OpenAPI document; not to be edited.\n${astToString(await openapiTS(document))}`

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== types) {
    process.stderr.write('web/src/api/schema.d.ts is not what the API says; run npm run openapi\n')
    process.exit(1)
  }
} else {
  writeFileSync(target, types)
}
