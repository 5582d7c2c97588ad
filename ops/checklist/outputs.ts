/** The outputs of the stack that ENV names. Loaded where they are asked for: all of CDKTF comes with them. @throws Failure */
export async function outputsOf(env: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const { readOutputs } = await import('../infra/output.ts')
  return readOutputs(env)
}
