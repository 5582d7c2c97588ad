import { Type } from 'typebox'
import { INGEST_STATUSES } from '../../../drizzle/schema.ts'
import { Nullable, refTo } from '../../platform/http/schemas.ts'
import { Analysis, AnalyzeFields, AnalyzeJson } from '../analyses/schemas.ts'

const metadata = Type.Optional(
  Type.Record(Type.String(), Type.Unknown(), {
    description: "The client's own data, returned with the result; at most 20,000 characters as JSON",
  }),
)

export const IngestFields = Type.Object({ ...AnalyzeFields.properties, metadata })
export const IngestJson = Type.Object({ ...AnalyzeJson.properties, metadata })

const imageId = Type.String({ format: 'uuid' })

export const IngestAccepted = Type.Object({
  success: Type.Literal(true),
  image_id: imageId,
  enqueued_at: Type.String({ format: 'date-time' }),
})

export const IngestParams = Type.Object({ image_id: imageId })

export const IngestState = Type.Object({
  image_id: imageId,
  status: Type.Enum([...INGEST_STATUSES]),
  enqueued_at: Type.String({ format: 'date-time' }),
  started_at: Nullable(Type.String({ format: 'date-time', description: 'Start of the last attempt' })),
  finished_at: Nullable(Type.String({ format: 'date-time' })),
  attempts: Type.Integer(),
  metadata: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
  analysis: Type.Optional(refTo(Analysis)),
  error: Type.Optional(Type.String({ description: 'Why the analysis failed; only for status failed' })),
})
