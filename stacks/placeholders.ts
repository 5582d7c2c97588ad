import type { Account, Environment } from './settings.ts'

/** Values that `environments.ts` ships with because everybody has others. */
const placeholders: readonly string[] = ['your-email@wiko.com', 'https://wiko.openai.azure.com']

/** The settings that still hold a placeholder, one line each, beginning with the setting's name. */
export function placeholdersIn(settings: Account | Environment): string[] {
  return texts(settings, '')
    .filter(([, text]) => placeholders.includes(text))
    .map(([setting, text]) => `${setting}: ${text} is a placeholder, put your own`)
}

function texts(value: unknown, path: string): (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => texts(one, path ? `${path}.${key}` : key))
}
