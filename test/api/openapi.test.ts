import t from 'tap'
import { scriptedAnalyzer } from '../support/analyzers.ts'
import { bodyOf } from '../support/http.ts'
import { startService } from '../support/service.ts'

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId?: string; responses: Record<string, { content?: object }> }>>
}

const service = await startService({ RATE_LIMIT_PER_IP: '100000' }, { analyzer: scriptedAnalyzer() })
t.teardown(() => service.close())
const document = await bodyOf<Document>(await fetch(`${service.url}/openapi.json`))

t.test('the document is OpenAPI 3.1 and has every route', async (t) => {
  t.match(document.openapi, /^3\.1\./)
  t.strictSame(Object.keys(document.paths).sort(), [
    '/api/v1/analyses',
    '/api/v1/analyses.csv',
    '/api/v1/analyses/count',
    '/api/v1/analyses/{defect_id}',
    '/api/v1/analyses/{defect_id}/explanation',
    '/api/v1/analyses/{defect_id}/explanations',
    '/api/v1/analyses/{defect_id}/image',
    '/api/v1/analyses/{defect_id}/reviews',
    '/api/v1/analyses/{defect_id}/translations',
    '/api/v1/analyze',
    '/api/v1/analyze/batch',
    '/api/v1/audit-log',
    '/api/v1/audit-log.csv',
    '/api/v1/chart-baselines',
    '/api/v1/defect-types',
    '/api/v1/defects',
    '/api/v1/facilities',
    '/api/v1/info',
    '/api/v1/ingest',
    '/api/v1/ingest/{image_id}',
    '/api/v1/inspected-units',
    '/api/v1/keys',
    '/api/v1/keys/{id}',
    '/api/v1/keys/{id}/revoke',
    '/api/v1/keys/{id}/rotate',
    '/api/v1/photo-limits',
    '/api/v1/production-stages',
    '/api/v1/products',
    '/api/v1/quality',
    '/api/v1/review-thresholds',
    '/api/v1/review-thresholds/preview',
    '/api/v1/session',
    '/api/v1/shift-report',
    '/api/v1/shift-report.csv',
    '/api/v1/shifts',
    '/api/v1/statistics',
    '/api/v1/statistics/choices',
    '/api/v1/stats',
    '/api/v1/usage',
    '/health',
    '/ready',
  ])
})

t.test('A3 a method that a path does not have is a 405 with Allow', async (t) => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
  for (const [path, operations] of Object.entries(document.paths)) {
    const allowed = Object.keys(operations).map((name) => name.toUpperCase())
    if (allowed.includes('GET')) allowed.push('HEAD')
    const url = service.url + path.replace('{defect_id}', 'DEF-20260101-00000000').replaceAll(/\{\w+\}/g, 'x')
    for (const method of methods.filter((name) => !allowed.includes(name))) {
      const response = await fetch(url, { method })
      t.equal(response.status, 405, `${method} ${path}`)
      t.same(response.headers.get('allow')?.split(', ').sort(), allowed.sort(), `${method} ${path}`)
    }
  }
})

t.test('every operation has a name of its own, and its errors are problem details', async (t) => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  const names = operations.map(({ operationId }) => operationId)
  t.equal(new Set(names).size, operations.length)
  for (const { operationId, responses } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      if (Number(status) >= 400)
        t.strictSame(Object.keys(content ?? {}), ['application/problem+json'], `${operationId}`)
    }
  }
})

t.test('the form and the JSON of a photo are both described', async (t) => {
  t.match(document.paths['/api/v1/analyze'], {
    post: {
      requestBody: {
        content: {
          'multipart/form-data': { schema: { required: ['image', 'product_sku', 'facility'] } },
          'application/json': { schema: { required: ['image', 'product_sku', 'facility'] } },
        },
      },
    },
  })
})

t.test('its page asks no other host for anything', async (t) => {
  const response = await fetch(`${service.url}/docs/`)
  t.equal(response.status, 200)
  t.match(response.headers.get('content-security-policy'), /default-src 'self'/)
})
