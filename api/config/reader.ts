/**
 * Reads environment variables and collects errors. An invalid value yields the default, because startup fails anyway.
 */
export function reader(env: NodeJS.ProcessEnv, faults: string[]) {
  const raw = (name: string): string | null => env[name]?.trim() || null
  return {
    faults,
    raw,
    fault: (name: string, must: string) => void faults.push(`${name} ${must}`),
    number(name: string, fallback: number, min: number, max: number, integer = true): number {
      const text = raw(name)
      if (text === null) return fallback
      const value = Number(text)
      if (Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value))) return value
      faults.push(`${name} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`)
      return fallback
    },
    oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
      const text = raw(name)
      if (text === null) return fallback
      const match = allowed.find((value) => value === text)
      if (match !== undefined) return match
      faults.push(`${name} must be one of ${allowed.filter(Boolean).join(', ')}`)
      return fallback
    },
    matching(name: string, pattern: RegExp, must: string): string | null {
      const text = raw(name)
      if (text !== null && !pattern.test(text)) faults.push(`${name} must be ${must}`)
      return text
    },
    url(name: string, protocols: readonly string[]): string | null {
      const text = raw(name)
      if (text === null) return null
      if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
      faults.push(`${name} must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`)
      return null
    },
  }
}

export type Reader = ReturnType<typeof reader>
