/** The OpenAPI document by the rules of redocly's linter, examples included. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import { openapiDocument } from '../../api/openapi-document.ts'

t.test('A14 the OpenAPI document has no fault', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wiko-openapi-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(await openapiDocument()))
  const config = resolve(import.meta.dirname, 'redocly.yaml')
  const { status, stdout, stderr } = spawnSync('redocly', ['lint', file, '--config', config], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  t.equal(status, 0, `${stdout}${stderr}`.slice(-6000))
})
