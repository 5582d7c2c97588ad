import { execFile } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { foldersOf } from '../../modules/define.ts'
import type { TerraformJson } from '../../modules/stack.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'
import { temporaryFolder } from './terraform.ts'

const run = promisify(execFile)

interface Finding {
  readonly check_id: string
  readonly check_name: string
  readonly resource: string
  readonly file_path: string
}

interface Report {
  readonly results: { readonly passed_checks: readonly Finding[]; readonly failed_checks: readonly Finding[] }
  readonly summary: { readonly parsing_errors: number }
}

/** checkov as CHECKOV names it, from its own virtual environment, or on the PATH. */
async function findCheckov(): Promise<string | undefined> {
  const places = [process.env.CHECKOV ?? '', join(import.meta.dirname, '../../.venv/checkov/bin/checkov')]
  for (const place of places) {
    if (
      place &&
      (await access(place).then(
        () => true,
        () => false,
      ))
    )
      return place
  }
  return run('checkov', ['--version']).then(
    () => 'checkov',
    () => undefined,
  )
}

const checkov = await findCheckov()
const without = checkov === undefined && 'checkov is not here (node fixtures/python.ts installs it)'

/** Reasons of waivers by resource name (one name is one resource in a module) and check. */
function waiversIn(json: TerraformJson): Map<string, string> {
  const resources = Object.values(json.resource ?? {}).flatMap((named) => Object.entries(named))
  return new Map(
    resources.flatMap(([name, values]) => {
      const comment = values['//'] as { waived?: Record<string, string> } | undefined
      return Object.entries(comment?.waived ?? {}).map(([check, reason]) => [`${name} ${check}`, reason] as const)
    }),
  )
}

t.test('checkov finds nothing that has no reason beside it', { skip: without }, async (t) => {
  const folder = await temporaryFolder(t)
  const waivers = new Map<string, string>()
  for (const name of stackNames) {
    for (const module of foldersOf(makeStack(name)).values()) {
      const { terraform: _, ...json } = JSON.parse(String(module.files.get('main.tf.json'))) as TerraformJson
      const path = `${name}/${module.name}`
      for (const [key, reason] of waiversIn(json)) waivers.set(`${path} ${key}`, reason)
      await mkdir(join(folder, path), { recursive: true })
      // Without the terraform block, which checkov cannot parse: it would then scan nothing and be content.
      await writeFile(join(folder, path, 'main.tf.json'), JSON.stringify(json, null, 2))
    }
  }
  const { stdout } = await run(
    checkov ?? '',
    [
      '--directory',
      folder,
      '--framework',
      'terraform_json',
      '--output',
      'json',
      '--compact',
      '--soft-fail',
      '--skip-download',
    ],
    { maxBuffer: 2 ** 28 },
  )
  const { results, summary } = JSON.parse(stdout) as Report
  t.equal(summary.parsing_errors, 0)
  const scanned = new Set(results.passed_checks.map(({ file_path }) => file_path))
  t.ok(results.passed_checks.length > 300, `${results.passed_checks.length} checks passed in ${scanned.size} modules`)

  const needed = new Set<string>()
  for (const { check_id, check_name, resource, file_path } of results.failed_checks) {
    const key = `${file_path.slice(1).replace('/main.tf.json', '')} ${resource.split('.').at(-1)} ${check_id}`
    needed.add(key)
    if (!waivers.has(key)) t.fail(`${key}: ${check_name}`)
  }
  t.strictSame(
    [...waivers.keys()].filter((key) => !needed.has(key)),
    [],
    'each waiver is still needed',
  )
  t.ok(
    [...waivers.values()].every((reason) => reason.length > 20),
    'each waiver says why',
  )
})
