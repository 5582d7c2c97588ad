import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'

/**
 * In a GitHub workflow: sets the values as step outputs and shows `summary` on the run's page. Does nothing elsewhere.
 * The values must not contain secrets: everyone who can see the run can read them.
 */
export async function report(values: Readonly<Record<string, string>>, env = process.env): Promise<void> {
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: page } = env
  if (outputs) {
    for (const [name, value] of Object.entries(values)) {
      const end = randomUUID() // no line of the value can be taken for its end
      await appendFile(outputs, `${name}<<${end}\n${value}\n${end}\n`)
    }
  }
  if (page && values.summary) await appendFile(page, `\`\`\`\n${values.summary}\n\`\`\`\n`)
}
