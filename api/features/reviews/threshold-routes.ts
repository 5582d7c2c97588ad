import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Product } from '../../config/config.ts'
import type { Db } from '../../database/database.ts'
import { badField } from '../../platform/http/problem.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { personOf } from './person.ts'
import { Person } from './schemas.ts'
import { ConfidencePreview, MAX_PREVIEWED, previewOf } from './threshold-preview.ts'
import type { ReviewThresholds } from './thresholds.ts'

const Thresholds = Type.Object({
  default: Type.Number({ description: 'REVIEW_BELOW, of the products that are not listed' }),
  thresholds: Type.Array(
    Type.Object({
      product_sku: Type.String(),
      review_below: Type.Number({ description: 'Verdicts of less confidence are review' }),
      person: Type.String(),
      updated_at: Type.String({ format: 'date-time' }),
    }),
  ),
})

const Change = Type.Object(
  {
    product_sku: Type.String({ minLength: 1, maxLength: 50 }),
    review_below: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      minimum: 0,
      maximum: 1,
      description: 'Null: the default counts again',
    }),
    person: Type.Optional(Person),
  },
  { additionalProperties: false },
)

const PreviewQuery = Type.Object({
  product_sku: Type.String({ minLength: 1, maxLength: 50 }),
  last: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MAX_PREVIEWED, default: 1000, description: 'How many analyses at most' }),
  ),
})

export interface ThresholdDeps {
  db: Db
  products: readonly Product[]
  thresholds: ReviewThresholds
}

/** GET and PUT /review-thresholds, and what a threshold would do. */
export const thresholdRoutes: FastifyPluginAsyncTypebox<ThresholdDeps> = async (app, { db, products, thresholds }) => {
  const all = async () => ({ default: thresholds.fallback, thresholds: await thresholds.list() })

  app.get(
    '/review-thresholds',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listReviewThresholds',
        tags: ['reviews'],
        summary: 'Below which confidence a verdict goes to a person, by product',
        response: { 200: Thresholds, ...commonProblems },
      },
    },
    all,
  )

  app.put(
    '/review-thresholds',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'setReviewThreshold',
        tags: ['reviews'],
        summary: 'Set the threshold of a product, for photos from now on',
        description:
          'Counts at once in the task that answers, within 30 s in the others. Results that are stored stay.',
        body: Change,
        response: { 200: Thresholds, ...commonProblems },
      },
    },
    async (request) => {
      const { body, caller } = request
      const productSku = body.product_sku.trim().toUpperCase()
      const known = products.map(({ code }) => code)
      // One that has left the list can still be taken away.
      if (body.review_below !== null && !known.includes(productSku)) {
        throw badField('product_sku', `is not a known product; known are ${known.join(', ')}`)
      }
      const by = { person: personOf(caller, body.person), caller: caller.id }
      await thresholds.set(productSku, body.review_below, by)
      request.log.info({ product_sku: productSku, review_below: body.review_below }, 'review threshold set')
      return all()
    },
  )

  app.get(
    '/review-thresholds/preview',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'previewReviewThreshold',
        tags: ['reviews'],
        summary: "How sure the model was of a product's last parts, to choose a threshold by",
        description:
          'By confidence alone: an answer that had to be repaired goes to review at any. Void ones and photos that could not be judged are left out.',
        querystring: PreviewQuery,
        response: { 200: ConfidencePreview, ...commonProblems },
      },
    },
    async ({ query }) => {
      const productSku = query.product_sku.trim().toUpperCase()
      return previewOf(db, productSku, await thresholds.of(productSku), query.last ?? 1000)
    },
  )
}
