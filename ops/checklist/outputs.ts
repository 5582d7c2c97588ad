/** Outputs of the stack named by ENV. Imported lazily because they pull in CDKTF. @throws Failure */
export async function outputsOf(env: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const { readOutputs } = await import('../infra/output.ts')
  return readOutputs(env)
}
