import { text } from 'node:stream/consumers'
import { Failure } from '../lib/failures.ts'
import { readHidden } from '../lib/hidden-input.ts'
import { chosenSecret, putValue, takenUp } from './secret-store.ts'

/** Puts a value into Secrets Manager, typed without echo or piped in. It is never an argument, which other users of a machine could read. */
export async function secret(env: NodeJS.ProcessEnv): Promise<void> {
  const chosen = chosenSecret(env)
  const value = (await read(`Value of ${chosen.id} (not shown): `)).trim()
  if (value === '') throw new Failure('Not changed: the value is empty.')
  if (/\s/.test(value)) throw new Failure('Not changed: the value has a blank or a line break in it.')
  const version = await putValue(chosen, value)
  console.log(`${chosen.id}: ${value.length} characters are current as version ${version}. ${takenUp(chosen)}`)
}

async function read(question: string): Promise<string> {
  const { stdin } = process
  return stdin.isTTY ? readHidden(stdin, question) : text(stdin)
}
