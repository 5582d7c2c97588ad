import { text } from 'node:stream/consumers'
import type { ReadStream } from 'node:tty'
import { Failure } from './failures.ts'
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
  return stdin.isTTY ? typed(stdin, question) : text(stdin)
}

/** Reads one line from a terminal in raw mode, so that nothing is echoed. */
function typed(terminal: ReadStream, question: string): Promise<string> {
  process.stdout.write(question)
  terminal.setRawMode(true)
  terminal.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let line = ''
    const end = (settle: () => void) => {
      terminal.off('data', take)
      terminal.setRawMode(false)
      terminal.pause()
      process.stdout.write('\n')
      settle()
    }
    const take = (chunk: string) => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') return end(() => resolve(line))
        if (key === '\u0003' || key === '\u0004') return end(() => reject(new Failure('Not changed.'))) // Ctrl-C, Ctrl-D
        if (key === '\u007f' || key === '\b') line = line.slice(0, -1)
        else line += key
      }
    }
    terminal.on('data', take)
  })
}
