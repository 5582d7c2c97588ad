import type { FastifyReply, FastifyRequest } from 'fastify'
import { AnalyzerError } from '../../domain/analyzer-error.ts'

/** Fires when the client goes away before it has its answer, so that no model call runs for nobody. */
export function untilDisconnect(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new AnalyzerError('aborted', 'the client disconnected'))
  })
  if (request.raw.socket.destroyed) controller.abort(new AnalyzerError('aborted', 'the client disconnected'))
  return controller.signal
}
