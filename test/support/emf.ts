/** CloudWatch's embedded metric format, as its specification has it: what a line must be for its metrics to be taken. */
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { METRIC_NAMESPACE, METRICS } from '../../api/platform/observability/metric-names.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const UNITS = ['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Percent', 'Count', 'Count/Second', 'None']
const Directive = Type.Object({
  Namespace: text(1024),
  Dimensions: Type.Array(Type.Array(text(250), { minItems: 1, maxItems: 30 }), { minItems: 1 }),
  Metrics: Type.Array(Type.Object({ Name: text(1024), Unit: Type.Enum(UNITS) }), { minItems: 1, maxItems: 100 }),
})
const EmfBody = Compile(
  Type.Object({
    _aws: Type.Object({
      Timestamp: Type.Integer({ minimum: 1_000_000_000_000 }),
      CloudWatchMetrics: Type.Array(Directive, { minItems: 1 }),
    }),
  }),
)

export interface EmfValue {
  name: string
  dimensions: Record<string, string>
  values: number[]
}

export const isEmf = (line: string): boolean => line.startsWith('{"_aws"')

/** The values of a line. Throws, saying why, where CloudWatch would drop it, or where a name or unit is not in metric-names.ts. */
export function readEmf(line: string): EmfValue[] {
  const members: Record<string, unknown> = JSON.parse(line)
  const body: unknown = members
  if (!EmfBody.Check(body)) throw new Error(`no embedded metric format: ${JSON.stringify(EmfBody.Errors(body))}`)
  return body._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    if (Namespace !== METRIC_NAMESPACE) throw new Error(`namespace ${Namespace}`)
    const dimensions = Object.fromEntries(
      Dimensions.flat().map((name) => {
        const value = members[name]
        if (typeof value !== 'string' || value === '') throw new Error(`dimension ${name} has no value`)
        return [name, value]
      }),
    )
    return Metrics.map(({ Name, Unit }) => {
      const known = Object.values(METRICS).find(({ name }) => name === Name)
      if (known?.unit !== Unit) throw new Error(`${Name} in ${Unit} is not in metric-names.ts`)
      const value = members[Name]
      const values = Array.isArray(value) ? value : [value]
      if (values.length < 1 || values.length > 100) throw new Error(`${Name} has ${values.length} values`)
      if (!values.every(Number.isFinite)) throw new Error(`${Name} has a value that is no number`)
      return { name: Name, dimensions, values }
    })
  })
}
