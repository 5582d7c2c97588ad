import { createInterface } from 'node:readline/promises'
import { Failure } from './failures.ts'

/**
 * Lets a person type `name` before something is done to it; CONFIRM=name does the same without a terminal.
 * @throws Failure when it was not typed
 */
export async function confirm(env: NodeJS.ProcessEnv, name: string, question: string, refusal: string): Promise<void> {
  const typed = env.CONFIRM || (await ask(question))
  if (typed !== name) throw new Failure(refusal)
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return ''
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question)
  terminal.close()
  return answer.trim()
}
