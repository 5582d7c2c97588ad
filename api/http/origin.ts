import type { FastifyRequest } from 'fastify'

/** The origin that the client called; X-Forwarded-Proto and -Host count only where a proxy of ours set them. */
export const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
