import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SignedUrls } from '../../auth/signed-urls.ts'
import type { Config } from '../../config/config.ts'
import type { Db } from '../../database/database.ts'
import type { ImagePipeline } from '../../images/pipeline.ts'
import type { ImageStore } from '../../images/store.ts'
import type { Caller } from '../../platform/http/caller.ts'
import { disconnectSignal } from '../../platform/http/disconnect.ts'
import { badField, notFound } from '../../platform/http/problem.ts'
import { commonProblems, problems } from '../../platform/http/schemas.ts'
import type { Idempotency } from '../../platform/idempotency/idempotency.ts'
import { IdempotencyHeader } from '../../platform/idempotency/schemas.ts'
import type { JobQueue } from '../../platform/queue/queue.ts'
import { readJsonField } from '../analyses/photo-fields.ts'
import { photoBodyLimit, photoFingerprint, photoProblems, readPhotoRequest } from '../analyses/photo-request.ts'
import { presentAnalysis } from '../analyses/present.ts'
import { accept, findByRef, findIngest, type IngestRow } from './jobs.ts'
import { IngestAccepted, IngestFields, IngestJson, IngestParams, IngestState } from './schemas.ts'

export interface IngestDeps {
  config: Config
  db: Db
  queue: JobQueue
  pipeline: ImagePipeline
  store: ImageStore
  signedUrls: SignedUrls
  idempotency: Idempotency
}

const MAX_METADATA = 20_000

function readMetadata(value: unknown): Record<string, unknown> | null {
  const metadata = readJsonField('metadata', value) ?? null
  if (metadata === null) return null
  if (typeof metadata !== 'object' || Array.isArray(metadata)) throw badField('metadata', 'must be a JSON object')
  if (JSON.stringify(metadata).length > MAX_METADATA) {
    throw badField('metadata', `must have at most ${MAX_METADATA} characters as JSON`)
  }
  return metadata as Record<string, unknown>
}

const mayGet = ({ kind, id, scopes }: Caller, job: IngestRow): boolean =>
  // Without a configured key, callers are not told apart.
  kind === 'open' || scopes.includes('admin') || id === job.caller

/** POST /ingest queues a photo for analysis; GET /ingest/{image_id} returns its state and result. */
export const ingestRoutes: FastifyPluginAsyncTypebox<IngestDeps> = async (app, deps) => {
  const { config, db, queue, pipeline, store, signedUrls, idempotency } = deps

  app.post(
    '/ingest',
    {
      bodyLimit: photoBodyLimit(config.maxImageBytes),
      // Validated in the handler, as for /analyze.
      attachValidation: true,
      schema: {
        operationId: 'ingest',
        tags: ['analyses'],
        summary: 'Queue a photo for analysis',
        description:
          'Like /analyze, but answers before the analysis. The picture passes the same checks. Once accepted, the picture and its analysis cannot be lost.',
        consumes: ['multipart/form-data', 'application/json'],
        headers: IdempotencyHeader,
        response: { 202: IngestAccepted, ...photoProblems },
      },
      config: {
        access: 'analyse',
        takesPhoto: true,
        documentedBody: { json: IngestJson, form: IngestFields, files: { name: 'image', many: false } },
      },
    },
    async (request, reply) => {
      const sent = await readPhotoRequest(request, config)
      const metadata = readMetadata(sent.fields.metadata)
      const disconnected = disconnectSignal(request, reply)
      return idempotency.run(
        request,
        reply,
        () => photoFingerprint(sent),
        async (requestRef) => {
          const existing = requestRef === undefined ? undefined : await findByRef(db, requestRef)
          const job = existing ?? (await storePhoto(requestRef))
          request.log.info({ image_id: job.imageId }, 'Photo accepted')
          reply.code(202)
          return { success: true as const, image_id: job.imageId, enqueued_at: job.enqueuedAt.toISOString() }
        },
      )

      async function storePhoto(requestRef: string | undefined): Promise<IngestRow> {
        const { bytes, caller, ...parameters } = sent.photo
        const image = await pipeline.prepare(bytes, disconnected)
        const thumbnail = await image.thumbnail()
        // Store the picture first, so that no job lacks one. After a crash in between, the sweep removes the orphan.
        const imageKey = await store.put({ ...image, thumbnail }, new Date())
        const values = {
          caller,
          person: request.caller.name,
          parameters,
          metadata,
          imageKey,
          imageSha256: image.sha256,
          imageWidth: image.upright.width,
          imageHeight: image.upright.height,
          requestRef,
        }
        return accept(db, queue, values, config.ingestRetries)
      }
    },
  )

  app.get(
    '/ingest/:image_id',
    {
      schema: {
        operationId: 'getIngest',
        tags: ['analyses'],
        summary: 'State and result of a queued photo',
        params: IngestParams,
        response: { 200: IngestState, ...commonProblems, ...problems(404) },
      },
      config: { access: ['analyse', 'read'] },
    },
    async (request) => {
      const { image_id: imageId } = request.params
      const found = await findIngest(db, imageId)
      if (!found || !mayGet(request.caller, found.job)) throw notFound(`There is no ingested photo ${imageId}`)
      const { job, analysis } = found
      const { origin } = request
      return {
        image_id: job.imageId,
        status: job.status,
        enqueued_at: job.enqueuedAt.toISOString(),
        started_at: job.startedAt?.toISOString() ?? null,
        finished_at: job.finishedAt?.toISOString() ?? null,
        attempts: job.attempts,
        metadata: job.metadata,
        ...(analysis
          ? {
              analysis: presentAnalysis(analysis, { signedUrls, origin, duplicate: analysis.ingestId !== job.imageId }),
            }
          : {}),
        ...(job.status === 'failed' ? { error: job.error ?? '' } : {}),
      }
    },
  )
}
