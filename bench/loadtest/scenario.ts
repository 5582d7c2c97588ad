import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Failure } from '../../ops/lib/failures.ts'

const Text = Type.String({ minLength: 1 })
const Route = Type.Object(
  {
    name: Text,
    /** Path of a GET. */
    path: Type.Optional(Type.String({ pattern: '^/' })),
    /** Instead of a path: upload of a new photo of this size in pixels. */
    photo: Type.Optional(Type.Object({ width: Type.Integer({ minimum: 64 }), height: Type.Integer({ minimum: 64 }) })),
    /** Concurrent connections at factor 1, capped at one per request per second; `rate` is their total requests per second. */
    connections: Type.Integer({ minimum: 1 }),
    rate: Type.Number({ exclusiveMinimum: 0 }),
  },
  { additionalProperties: false },
)
const Scenario = Type.Object(
  {
    about: Text,
    /** Run in sequence. The factor multiplies connections and rate of each route. */
    phases: Type.Array(
      Type.Object({
        name: Text,
        seconds: Type.Number({ exclusiveMinimum: 0 }),
        factor: Type.Number({ exclusiveMinimum: 0 }),
      }),
      { minItems: 1 },
    ),
    routes: Type.Array(Route, { minItems: 1 }),
    thresholds: Type.Object({
      /** Maximum share of errors. Refusals (429, 503) are not errors, because they are correct under overload. */
      errorPercent: Type.Number({ minimum: 0 }),
      /** By route. Shown but not judged, because they depend on the machine. */
      p95Ms: Type.Record(Type.String(), Type.Number()),
    }),
  },
  { additionalProperties: false },
)
export type Scenario = Static<typeof Scenario>
export type LoadRoute = Static<typeof Route>

const FOLDER = join(import.meta.dirname, 'scenarios')
const check = Compile(Scenario)

export const scenarioNames = (): string[] =>
  readdirSync(FOLDER)
    .map((file) => file.replace(/\.json$/, ''))
    .sort()

/** Reads a scenario. `seconds` scales its phases to that total duration. @throws Failure with a one-line message */
export function readScenario(name: string, seconds: number | null): Scenario {
  const names = scenarioNames()
  if (!names.includes(name)) throw new Failure(`SCENARIO must be one of ${names.join(', ')}`)
  const scenario: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
  if (!check.Check(scenario)) {
    const [fault] = check.Errors(scenario)
    throw new Failure(
      `scenarios/${name}.json${fault?.instancePath ?? ''} ${fault?.message ?? 'is not a valid scenario'}`,
    )
  }
  if (seconds === null) return scenario
  const total = scenario.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  return {
    ...scenario,
    phases: scenario.phases.map((phase) => ({ ...phase, seconds: (phase.seconds * seconds) / total })),
  }
}
