import type { Outputs } from '../infra/output.ts'

/** The outputs of the stack that ENV names. Loaded where they are asked for: all of CDKTF comes with them. @throws Failure */
export async function outputsOf(env: NodeJS.ProcessEnv): Promise<Outputs> {
  const infra = await import('../infra/output.ts')
  return infra.outputsOf(env)
}
