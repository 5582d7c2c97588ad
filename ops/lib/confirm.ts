import { createInterface } from 'node:readline/promises'
import { Failure } from './failures.ts'

/**
 * Asks a person to type `name` to confirm; CONFIRM=name confirms without a terminal.
 * @throws Failure if it was not confirmed
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
