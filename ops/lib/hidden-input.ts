import type { ReadStream } from 'node:tty'
import { Failure } from './failures.ts'

/** Reads one line from a terminal in raw mode, so that nothing is echoed. @throws Failure on Ctrl-C */
export function readHidden(terminal: ReadStream, question: string): Promise<string> {
  process.stderr.write(question)
  terminal.setRawMode(true)
  terminal.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let line = ''
    const end = (settle: () => void) => {
      terminal.off('data', take)
      terminal.setRawMode(false)
      terminal.pause()
      process.stderr.write('\n')
      settle()
    }
    const take = (chunk: string) => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') return end(() => resolve(line))
        if (key === '\u0003' || key === '\u0004')
          return end(() => reject(new Failure('Cancelled: nothing was changed.'))) // Ctrl-C, Ctrl-D
        if (key === '\u007f' || key === '\b') line = line.slice(0, -1)
        else line += key
      }
    }
    terminal.on('data', take)
  })
}
