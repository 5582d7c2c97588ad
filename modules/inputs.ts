import { type IResolvable, TerraformVariable, Token } from 'cdktf'
import { Construct } from 'constructs'

/**
 * One input of a module: it becomes a Terraform variable with its type, description, default and validation.
 * `Given` is what a caller in TypeScript passes, `Read` what the module's own code gets.
 */
export interface Input<Given, Read, Optional extends boolean> {
  readonly type: string
  readonly description: string
  readonly fallback?: Given | null
  readonly optional: Optional
  readonly rules: readonly Rule[]
  read(variable: TerraformVariable): Read
}

/** A validation: `condition` is written in Terraform's language, with `value` in the place of the variable. */
interface Rule {
  readonly condition: string
  readonly message: string
}

interface Settings<T> {
  /** Value where the caller gives none; `null` makes the input optional without a value. */
  readonly default?: T | null
  /** Further validation, in Terraform's language; `value` stands for the variable. */
  readonly rule?: readonly [condition: string, message: string]
}

interface TextSettings extends Settings<string> {
  /** RE2 pattern, and the words that say what is allowed. */
  readonly pattern?: readonly [pattern: string, message: string]
  readonly oneOf?: readonly string[]
}

interface NumberSettings extends Settings<number> {
  readonly min?: number
  readonly max?: number
}

interface TextsSettings extends Settings<readonly string[]> {
  readonly min?: number
}

type IsOptional<S> = S extends { default: unknown } ? true : false
type Made<Given, Read, S> = Input<Given, Read, IsOptional<S>>

/** A text (`string`). */
export function text<const S extends TextSettings>(description: string, settings?: S): Made<string, string, S> {
  const rules: Rule[] = []
  if (settings?.pattern) {
    const [pattern, message] = settings.pattern
    rules.push({ condition: `can(regex(${JSON.stringify(pattern)}, value))`, message })
  }
  if (settings?.oneOf) {
    const list = settings.oneOf
    rules.push({
      condition: `contains(${JSON.stringify(list)}, value)`,
      message: `Must be one of: ${list.join(', ')}.`,
    })
  }
  return input('string', description, settings, rules, (variable) => variable.stringValue)
}

/** A number. */
export function number<const S extends NumberSettings>(description: string, settings?: S): Made<number, number, S> {
  const { min, max } = settings ?? {}
  const rules: Rule[] = []
  if (min !== undefined) rules.push({ condition: `value >= ${min}`, message: `Must be at least ${min}.` })
  if (max !== undefined) rules.push({ condition: `value <= ${max}`, message: `Must be at most ${max}.` })
  return input('number', description, settings, rules, (variable) => variable.numberValue)
}

/** A switch (`bool`). */
export function flag<const S extends Settings<boolean>>(
  description: string,
  settings?: S,
): Made<boolean | IResolvable, IResolvable, S> {
  return input('bool', description, settings, [], (variable) => variable.booleanValue)
}

/** A list of texts (`list(string)`). */
export function texts<const S extends TextsSettings>(
  description: string,
  settings?: S,
): Made<readonly string[], string[], S> {
  const min = settings?.min
  const rules = min === undefined ? [] : [{ condition: `length(value) >= ${min}`, message: `Needs at least ${min}.` }]
  return input('list(string)', description, settings, rules, (variable) => variable.listValue)
}

/** Different texts in no order (`set(string)`). */
export function textSet<const S extends Settings<readonly string[]>>(
  description: string,
  settings?: S,
): Made<readonly string[], string[], S> {
  return input('set(string)', description, settings, [], (variable) => variable.listValue)
}

/** Texts by name (`map(string)`). */
export function textMap<const S extends Settings<Readonly<Record<string, string>>>>(
  description: string,
  settings?: S,
): Made<Readonly<Record<string, string>>, Record<string, string>, S> {
  return input('map(string)', description, settings, [], (variable) => Token.asStringMap(variable.value))
}

function input<Given, Read, S extends Settings<Given>>(
  type: string,
  description: string,
  settings: S | undefined,
  rules: readonly Rule[],
  read: (variable: TerraformVariable) => Read,
): Made<Given, Read, S> {
  const own = settings?.rule ? [{ condition: settings.rule[0], message: settings.rule[1] }] : []
  const optional = settings?.default !== undefined
  return {
    type,
    description,
    fallback: settings?.default,
    optional: optional as IsOptional<S>,
    rules: [...rules, ...own],
    read,
  }
}

export type Inputs = Readonly<Record<string, Input<unknown, unknown, boolean>>>

/** What a module's code reads from its inputs. */
export type Read<I extends Inputs> = { [K in keyof I]: I[K] extends Input<unknown, infer R, boolean> ? R : never }

type Given<I> = I extends { fallback?: infer G } ? G : never
type OptionalKeys<I extends Inputs> = { [K in keyof I]: I[K]['optional'] extends true ? K : never }[keyof I]

/** What a caller gives: everything but the inputs with a default. */
export type Arguments<I extends Inputs> = {
  readonly [K in Exclude<keyof I, OptionalKeys<I>>]: NonNullable<Given<I[K]>>
} & { readonly [K in OptionalKeys<I>]?: Given<I[K]> }

/** `cidrBlock` -> `cidr_block`: Terraform's spelling of our names. */
export const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Declares the variables of a module and returns what its code reads. */
export function declareInputs<I extends Inputs>(stack: Construct, inputs: I): Read<I> {
  const scope = new Construct(stack, 'inputs')
  const read = Object.entries(inputs).map(([key, { type, description, fallback, rules, read }]) => {
    const name = snakeCase(key)
    const absent = fallback === null ? `var.${name} == null ? true : ` : ''
    const variable = new TerraformVariable(scope, name, {
      type,
      description,
      ...(fallback === undefined || fallback === null ? {} : { default: fallback }),
      // A caller that passes null gets the default instead of a null, except where null is the default.
      ...(fallback === null ? {} : { nullable: false }),
      ...(rules.length > 0 && {
        validation: rules.map(({ condition, message }) => ({
          condition: `\${${absent}${condition.replace(/\bvalue\b/g, `var.${name}`)}}`,
          errorMessage: message,
        })),
      }),
    })
    variable.overrideLogicalId(name)
    if (fallback === null) variable.addOverride('default', null) // CDKTF cannot write a null
    return [key, read(variable)]
  })
  return Object.fromEntries(read)
}
