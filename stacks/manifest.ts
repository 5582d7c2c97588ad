import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AnnotationMetadataEntryType, App, Manifest, type StackManifest } from 'cdktf'
import { placeholdersIn } from './placeholders.ts'
import { settingsOf } from './stacks.ts'

/** Writes `manifest.json`, by which CDKTF's own command line finds the stacks below `stacks/` in the same folder. */
export async function writeManifest(
  names: readonly string[],
  replaced: readonly string[],
  folder: string,
): Promise<void> {
  const version = String(new App().node.tryGetContext('cdktfVersion'))
  const stacks = Object.fromEntries(names.map((name) => [name, entry(name, names, replaced)]))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, Manifest.fileName), `${JSON.stringify({ version, stacks }, null, 2)}\n`)
}

function entry(name: string, names: readonly string[], replaced: readonly string[]): StackManifest {
  const folder = `${Manifest.stacksFolder}/${name}`
  return {
    name,
    constructPath: name,
    workingDirectory: folder,
    synthesizedStackPath: `${folder}/cdk.tf.json`,
    stackMetadataPath: `${folder}/${Manifest.stackMetadataPath}`, // read only where a stack was written as HCL
    // Shown at each run; `make plan` stops where prod has one.
    annotations: placeholdersIn(settingsOf(name, replaced)).map((message) => ({
      constructPath: name,
      level: AnnotationMetadataEntryType.WARN,
      message,
    })),
    // `cdktf deploy` applies the account first: the environments need what it makes.
    dependencies: name !== 'account' && names.includes('account') ? ['account'] : [],
  }
}
