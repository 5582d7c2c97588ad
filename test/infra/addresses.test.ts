import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { resourcesOf } from '../../stacks/addresses.ts'
import { makeStack, stackNames } from '../../stacks/stacks.ts'

// A changed address is a resource that Terraform destroys and makes again: a database, with all that is in it.
for (const name of stackNames) {
  t.test(`the resource addresses of ${name} change only on purpose`, async (t) => {
    const addresses = resourcesOf(makeStack(name)).map(({ address }) => address)
    const listed = (await readFile(join(import.meta.dirname, 'addresses', `${name}.txt`), 'utf8')).trim().split('\n')
    const hint = 'meant? then run: node scripts/addresses.ts'
    t.strictSame(
      addresses.filter((address) => !listed.includes(address)),
      [],
      `new ones (${hint})`,
    )
    t.strictSame(
      listed.filter((address) => !addresses.includes(address)),
      [],
      `gone or renamed (${hint})`,
    )
  })
}
