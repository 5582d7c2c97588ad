// Writes the list of resource addresses that the address test compares: run it after a change that is meant to add, rename or remove.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resourcesOf } from '../stacks/addresses.ts'
import { makeStack, stackNames } from '../stacks/stacks.ts'

const folder = join(import.meta.dirname, '..', 'test', 'infra', 'addresses')
await mkdir(folder, { recursive: true })
for (const name of stackNames) {
  const addresses = resourcesOf(makeStack(name)).map(({ address }) => address)
  await writeFile(join(folder, `${name}.txt`), `${addresses.join('\n')}\n`)
  console.log(`${name}: ${addresses.length} resources`)
}
