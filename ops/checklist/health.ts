import { SERVICE } from '../../api/features/health/routes.ts'
import { ask } from '../lib/ask.ts'
import { type Group, judge } from './line.ts'

/** Guide: "Test API endpoint: /health" and "Verify RDS connection from ECS". */
export const health: Group = {
  title: 'The API',
  lines: [
    {
      name: '/health answers',
      async check({ api }) {
        const answer = await ask(new URL('/health', api))
        const { status, service, version } = answer.json<{ status: string; service: string; version: string }>()
        return judge(
          [
            answer.status !== 200 && `status ${answer.status}`,
            (status !== 'healthy' || service !== SERVICE) && 'not our body',
          ],
          `${answer.status} ${status ?? 'no JSON'}, version ${version ?? '?'}, ${answer.ms} ms`,
        )
      },
    },
    {
      name: '/ready: the database and the image store answer the task',
      async check({ api }) {
        const answer = await ask(new URL('/ready', api))
        const { checks = {}, detail } = answer.json<{ checks: Record<string, string>; detail: string }>()
        const said = Object.entries(checks).map(([name, state]) => `${name} ${state}`)
        return judge(
          [
            answer.status !== 200 && `status ${answer.status}: ${detail ?? answer.text.slice(0, 80)}`,
            answer.status === 200 && checks.database !== 'ok' && 'it does not speak of the database',
          ],
          `${answer.status} ${said.join(', ')}, ${answer.ms} ms`,
        )
      },
    },
    {
      name: 'every endpoint is documented',
      async check({ api }) {
        const answer = await ask(new URL('/openapi.json', api))
        const { openapi, paths = {} } = answer.json<{ openapi: string; paths: Record<string, object> }>()
        const operations = Object.values(paths).flatMap((path) => Object.values(path) as { operationId?: string }[])
        return judge(
          [
            answer.status !== 200 && `status ${answer.status}`,
            operations.length === 0 && 'no operations',
            operations.some(({ operationId }) => !operationId) && 'operations without a name',
          ],
          `/openapi.json ${answer.status}, OpenAPI ${openapi ?? '?'}, ${operations.length} operations`,
        )
      },
    },
  ],
}
