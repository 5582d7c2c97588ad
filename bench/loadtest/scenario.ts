import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Failure } from '../../ops/lib/failures.ts'

const Text = Type.String({ minLength: 1 })
const Route = Type.Object(
  {
    name: Text,
    /** A GET. */
    path: Type.Optional(Type.String({ pattern: '^/' })),
    /** In its place: an upload of a new photo of that size, in pixels. */
    photo: Type.Optional(Type.Object({ width: Type.Integer({ minimum: 64 }), height: Type.Integer({ minimum: 64 }) })),
    /** At a time, and requests a second of them together, at factor 1. No more connections are made than requests a second. */
    connections: Type.Integer({ minimum: 1 }),
    rate: Type.Number({ exclusiveMinimum: 0 }),
  },
  { additionalProperties: false },
)
const Scenario = Type.Object(
  {
    about: Text,
    /** One after another; the factor multiplies connections and rate of each route. */
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
      /** Over it the test fails. Refusals (429, 503) are no errors: a service that is full says so. */
      errorPercent: Type.Number({ minimum: 0 }),
      /** By route; shown, and not judged: they depend on the machine. */
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

/** The scenario of that name; with `seconds`, its phases shortened or stretched to last that long together. @throws Failure in one line */
export function readScenario(name: string, seconds: number | null): Scenario {
  const names = scenarioNames()
  if (!names.includes(name)) throw new Failure(`SCENARIO must be one of ${names.join(', ')}`)
  const scenario: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
  if (!check.Check(scenario)) {
    const [fault] = check.Errors(scenario)
    throw new Failure(`scenarios/${name}.json${fault?.instancePath ?? ''} ${fault?.message ?? 'is no scenario'}`)
  }
  if (seconds === null) return scenario
  const total = scenario.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  return {
    ...scenario,
    phases: scenario.phases.map((phase) => ({ ...phase, seconds: (phase.seconds * seconds) / total })),
  }
}
