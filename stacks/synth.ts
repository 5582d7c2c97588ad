import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { modules } from '../modules/index.ts'
import { writeManifest } from './manifest.ts'
import { makeStack, SettingsError, stackNames } from './stacks.ts'
import { writeModule, writeStack } from './write.ts'

const usage = `Writes Terraform JSON. Usage: node stacks/synth.ts [stack ...] [--set setting=value ...] [--out folder]
  stack     ${stackNames.join(', ')}, or modules (each module alone); default: all stacks
  --set     replaces one setting of the named stacks, such as --set service.maxTasks=4
  --out     default: CDKTF_OUTDIR, which CDKTF's command line sets, or else cdktf.out`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      set: { type: 'string', multiple: true },
      out: { type: 'string', default: process.env.CDKTF_OUTDIR ?? 'cdktf.out' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return console.log(usage)
  const wanted = positionals.length > 0 ? positionals : stackNames
  for (const name of wanted) {
    if (name === 'modules') {
      for (const module of modules) await writeModule(module.build(), join(values.out, 'modules', module.moduleName))
      console.log(`modules: ${modules.map(({ moduleName }) => moduleName).join(', ')}`)
    } else {
      const folder = join(values.out, 'stacks', name)
      await writeStack(makeStack(name, values.set), folder)
      console.log(`${name}: ${folder}`)
    }
  }
  const stacks = wanted.filter((name) => name !== 'modules')
  if (stacks.length > 0) await writeManifest(stacks, values.set ?? [], values.out)
}

try {
  await main()
} catch (error) {
  const expected = error instanceof SettingsError || error instanceof RangeError || isUsageError(error)
  if (!expected) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** `parseArgs` complains of unknown options with such codes. */
function isUsageError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
