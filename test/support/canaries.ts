/** Secrets that must turn up nowhere: how they are made, and how a text is searched for them. */
import { randomBytes } from 'node:crypto'

/** A value that nothing else contains. */
export const canary = (name: string): string => `canary-${name}-${randomBytes(12).toString('hex')}`

/** Base64 of a value as it looks inside a longer text: at each of the three offsets, without the ends, which depend on what is around. */
const base64Inside = (value: Buffer): string[] =>
  [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), value])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2),
  )

function forms(secret: string): string[] {
  const inside = base64Inside(Buffer.from(secret))
  const urlSafe = inside.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const encoded = encodeURIComponent(secret)
  return [
    ...new Set([
      secret,
      encoded,
      encodeURIComponent(encoded),
      Buffer.from(secret).toString('hex'),
      ...inside,
      ...urlSafe,
    ]),
  ]
}

/** The names of those secrets that a text contains: plainly, in base64, in hex or URL-encoded. */
export const leaksIn = (text: string, secrets: Readonly<Record<string, string>>): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => (forms(secret).some((form) => text.includes(form)) ? [name] : []))

const SECRET_VARIABLES =
  /^(API_KEY|SECRET_KEY|SECRET_KEY_PREVIOUS|AZURE_AI_API_KEY|WEBHOOK_SECRET|AWS_SECRET_ACCESS_KEY)$/
/** Shorter ones are words, such as the passwords of throw-away servers. */
const LONG_ENOUGH = 16

/** The secrets among the variables of a service. */
export function secretsOf(env: Readonly<Record<string, string>>): Record<string, string> {
  const plain = Object.entries(env).filter(([name]) => SECRET_VARIABLES.test(name))
  const inUrls = Object.entries(env)
    .filter(([name, value]) => /_URL$/.test(name) && URL.canParse(value))
    .map(([name, value]) => [`password of ${name}`, decodeURIComponent(new URL(value).password)] as const)
  return Object.fromEntries([...plain, ...inUrls].filter(([, value]) => value.length >= LONG_ENOUGH))
}

/** What every service that a test starts goes through at its end. Throws where its output holds one of its secrets. */
export function refuseLeaks(output: readonly string[], env: Readonly<Record<string, string>>): void {
  const secrets = secretsOf(env)
  const leaks = leaksIn(output.join('\n'), secrets)
  if (leaks.length === 0) return
  const line = output.find((one) => leaksIn(one, secrets).length > 0)
  throw new Error(`L1: the service wrote ${leaks.join(', ')} into its output: ${line?.slice(0, 500)}`)
}
