import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { App, TerraformHclModule, TerraformOutput, type TerraformProvider, TerraformStack, Token } from 'cdktf'
import { Construct } from 'constructs'
import { type Arguments, declareInputs, type Inputs, type Read, snakeCase } from './inputs.ts'
import { awsProvider, NamedStack, render } from './stack.ts'

/** What a module may hand to its caller. */
export type OutputValue = string | number | readonly string[] | Readonly<Record<string, string>>

/** A definition: inputs become variables, `resources` makes the resources and returns the value of each described output. */
export interface Definition<I extends Inputs, O extends object, R extends Record<string, OutputValue>> {
  /** One line: what the module makes. */
  readonly description: string
  /** One line on the monthly cost, with its date and source, or the word unverified. */
  readonly cost?: string
  readonly inputs: I
  /** Decided at synth time, as they choose which resources exist; the values here are the defaults. */
  readonly options?: O
  readonly outputs: { readonly [K in keyof NoInfer<R>]: string }
  /** Further AWS providers that the caller passes, such as `us_east_1` for what CloudFront needs there. */
  readonly providerAliases?: readonly string[]
  resources(scope: ModuleScope, input: Read<I>, options: O): R
}

/** How a module is called: its name in the stack (default: the module's), and what Terraform's module block offers. */
export interface CallSettings {
  readonly as?: string
  readonly providers?: Readonly<Record<string, TerraformProvider>>
  readonly dependsOn?: readonly TerraformHclModule[]
}

/** A module as a folder of files: `main.tf.json` and what it needs beside it. */
export interface ModuleFolder {
  readonly name: string
  readonly files: ReadonlyMap<string, string | Uint8Array>
}

/** A call's outputs, each a reference into the module block, and the block itself. */
export type Called<R> = { readonly [K in keyof R]: R[K] } & { readonly block: TerraformHclModule }

/** A layer of the architecture: call it in a stack for a module block, or `build` it alone as a folder. */
export interface Module<I extends Inputs, O extends object, R extends Record<string, OutputValue>> {
  (stack: TerraformStack, input: Arguments<I>, options?: Partial<O>, settings?: CallSettings): Called<R>
  readonly moduleName: string
  readonly definition: Definition<I, O, R>
  build(options?: Partial<O>, folderName?: string): ModuleFolder
}

/** The root of a module while its resources are made. */
export class ModuleScope extends NamedStack {
  readonly files = new Map<string, string | Uint8Array>()

  /** Puts a file beside the module's code and returns its path as Terraform sees it. */
  file(name: string, content: string | Uint8Array): string {
    this.files.set(name, content)
    return `\${path.module}/${name}`
  }

  /** The provider that the caller passes under this alias. */
  provider(alias: string): TerraformProvider {
    // Declared on a stack of its own: a module refers to a provider, it never configures one.
    return new AwsProvider(new TerraformStack(new App(), 'elsewhere'), 'aws', { alias })
  }
}

const calls = new WeakMap<TerraformStack, Map<string, ModuleFolder>>()

/** The module folders that a stack's calls refer to, by their name below `modules/`. */
export const foldersOf = (stack: TerraformStack): ReadonlyMap<string, ModuleFolder> => calls.get(stack) ?? new Map()

/** Defines a layer as a real Terraform module. See the `network` module for the pattern. */
export function defineModule<I extends Inputs, R extends Record<string, OutputValue>, O extends object = object>(
  name: string,
  definition: Definition<I, O, R>,
): Module<I, O, R> {
  const build = (options: Partial<O> = {}, folderName = name): ModuleFolder => {
    const { folder } = synthesize(name, definition, options)
    return { name: folderName, files: folder }
  }

  const call = (stack: TerraformStack, input: Arguments<I>, options: Partial<O> = {}, settings: CallSettings = {}) => {
    const id = settings.as ?? name
    const { folder, values } = synthesize(name, definition, options)
    const folders = calls.get(stack) ?? new Map<string, ModuleFolder>()
    calls.set(stack, folders)
    // Two calls with the same options share one folder; other options are another set of resources, so another folder.
    const shared = folders.get(name)
    const folderName = shared === undefined || sameFiles(shared.files, folder) ? name : id
    folders.set(folderName, { name: folderName, files: folder })

    const block = new TerraformHclModule(stack, id, {
      source: `./modules/${folderName}`,
      skipAssetCreationFromLocalModules: true,
      variables: Object.fromEntries(
        Object.entries(input)
          .filter(([, value]) => value !== undefined)
          .map(([key, value]) => [snakeCase(key), value]),
      ),
      ...(definition.providerAliases
        ? { providers: passedProviders(stack, definition.providerAliases, settings, id) }
        : {}),
      ...(settings.dependsOn ? { dependsOn: [...settings.dependsOn] } : {}),
    })
    const outputs = Object.entries(values).map(([key, value]) => [key, reference(block, snakeCase(key), value)])
    return { ...(Object.fromEntries(outputs) as R), block }
  }

  return Object.assign(call, { moduleName: name, definition, build })
}

function synthesize<I extends Inputs, O extends object, R extends Record<string, OutputValue>>(
  name: string,
  definition: Definition<I, O, R>,
  options: Partial<O>,
): { folder: ReadonlyMap<string, string | Uint8Array>; values: R } {
  const scope = new ModuleScope(new App(), name)
  const input = declareInputs(scope, definition.inputs)
  const values = definition.resources(scope, input, { ...definition.options, ...options } as O)
  const outputs = new Construct(scope, 'outputs')
  for (const [key, description] of Object.entries<string>(definition.outputs)) {
    const value = values[key]
    if (value === undefined) throw new Error(`module ${name} describes the output ${key} but returns no value for it`)
    new TerraformOutput(outputs, snakeCase(key), { value, description }).overrideLogicalId(snakeCase(key))
  }
  const json = render(scope)
  const aliases = definition.providerAliases?.map((alias) => `aws.${alias}`)
  json.terraform = {
    required_version: '>= 1.11.0', // write-only arguments and ephemeral resources
    required_providers: { aws: { ...awsProvider, ...(aliases ? { configuration_aliases: aliases } : {}) } },
  }
  const folder = new Map(scope.files).set('main.tf.json', `${JSON.stringify(json, null, 2)}\n`)
  return { folder, values }
}

function passedProviders(stack: TerraformStack, aliases: readonly string[], settings: CallSettings, id: string) {
  const main = stack.allProviders().filter((provider) => provider.alias === undefined)
  const aliased = aliases.map((moduleAlias) => {
    const provider = settings.providers?.[moduleAlias]
    if (provider === undefined) throw new Error(`module ${id} needs aws.${moduleAlias}: pass it in settings.providers`)
    return { provider, moduleAlias }
  })
  return [...main, ...aliased]
}

function sameFiles(a: ModuleFolder['files'], b: ModuleFolder['files']): boolean {
  const equal = (x: string | Uint8Array | undefined, y: string | Uint8Array) =>
    x !== undefined && Buffer.compare(Buffer.from(x), Buffer.from(y)) === 0
  return a.size === b.size && [...b].every(([name, content]) => equal(a.get(name), content))
}

/** A module's output in the shape that the module's own code gave it. */
function reference(block: TerraformHclModule, output: string, like: OutputValue): OutputValue {
  if (Array.isArray(like)) return Token.asList(block.interpolationForOutput(output))
  if (typeof like === 'number') return Token.asNumber(block.interpolationForOutput(output))
  if (typeof like === 'object') return Token.asStringMap(block.interpolationForOutput(output))
  return block.getString(output)
}
