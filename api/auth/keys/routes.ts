import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Db } from '../../database/database.ts'
import { commonProblems, problems, refTo } from '../../platform/http/schemas.ts'
import type { KeyDirectory } from './directory.ts'
import { ApiKey, KeyChange, KeyParams, KeySettings, NewApiKey, Rotation } from './schemas.ts'
import { keyService } from './service.ts'

const keyProblems = { ...commonProblems, ...problems(404, 409) }

/** API keys, for administrators: API_KEY, a key with the scope admin, or a session of either. */
export const keyRoutes: FastifyPluginAsyncTypebox<{ db: Db; keys: KeyDirectory }> = async (app, { db, keys }) => {
  const service = keyService(db, keys)
  const config = { access: 'admin' } as const
  app.addSchema(ApiKey)
  // A response may contain a key, so it must not be cached.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })

  app.get(
    '/keys',
    {
      config,
      schema: {
        operationId: 'listKeys',
        tags: ['keys'],
        summary: 'List API keys, newest first, without the keys themselves',
        response: { 200: Type.Object({ keys: Type.Array(refTo(ApiKey)) }), ...commonProblems },
      },
    },
    async () => ({ keys: await service.list() }),
  )

  app.post(
    '/keys',
    {
      config,
      schema: {
        operationId: 'createKey',
        tags: ['keys'],
        summary: 'Create a key; it is only shown in this response',
        description: 'Scopes default to analyse and read, and cannot exceed those of the caller.',
        body: KeySettings,
        response: { 201: NewApiKey, ...commonProblems },
      },
    },
    async (request, reply) => reply.code(201).send(await service.create(request.body, request.caller)),
  )

  app.patch(
    '/keys/:id',
    {
      config,
      schema: {
        operationId: 'changeKey',
        tags: ['keys'],
        summary: 'Change what a key may do: description, scopes, limits, budgets, expiry',
        params: KeyParams,
        body: KeyChange,
        response: { 200: refTo(ApiKey), ...keyProblems },
      },
    },
    async (request) => service.update(request.params.id, request.body, request.caller),
  )

  app.post(
    '/keys/:id/rotate',
    {
      config,
      schema: {
        operationId: 'rotateKey',
        tags: ['keys'],
        summary: 'Rotate a key; the previous value stays valid for a while',
        description: 'Limits, budgets and duplicates stay. A value from an earlier rotation becomes invalid at once.',
        params: KeyParams,
        body: Rotation,
        response: { 200: NewApiKey, ...keyProblems },
      },
    },
    async (request) => service.rotate(request.params.id, request.body.overlap_hours ?? 24, request.caller),
  )

  app.post(
    '/keys/:id/revoke',
    {
      config,
      schema: {
        operationId: 'revokeKey',
        tags: ['keys'],
        summary: 'Revoke a key and its sessions permanently',
        description: 'Takes effect at once in the task that responds, and within 30 s in the others.',
        params: KeyParams,
        response: { 200: refTo(ApiKey), ...commonProblems, ...problems(404) },
      },
    },
    async (request) => service.revoke(request.params.id),
  )
}
