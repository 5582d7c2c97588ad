import type { FastifyReply, FastifyRequest } from 'fastify'
import { AnalyzerError } from '../../domain/analyzer-error.ts'

/** Aborts when the client disconnects before it has its response, so that no model call runs in vain. */
export function disconnectSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new AnalyzerError('aborted', 'The client disconnected'))
  })
  if (request.raw.socket.destroyed) controller.abort(new AnalyzerError('aborted', 'The client disconnected'))
  return controller.signal
}
