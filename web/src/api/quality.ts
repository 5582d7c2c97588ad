import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { bodyOf, client } from './client.ts'
import type { QualityFilters, ReviewThresholds } from './types.ts'

/** How far model and people agree. */
export const qualityQuery = (filters: QualityFilters) =>
  queryOptions({
    queryKey: ['quality', filters],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/quality', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })

export const thresholdsQuery = queryOptions({
  queryKey: ['review-thresholds'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/v1/review-thresholds', { signal })),
})

/** The confidence of a product's last results. */
export const previewQuery = (productSku: string) =>
  queryOptions({
    queryKey: ['review-thresholds', 'preview', productSku],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/v1/review-thresholds/preview', { params: { query: { product_sku: productSku } }, signal }),
      ),
  })

/** Null: the default counts again. */
export const setThreshold = (productSku: string, reviewBelow: number | null): Promise<ReviewThresholds> =>
  bodyOf(client.PUT('/api/v1/review-thresholds', { body: { product_sku: productSku, review_below: reviewBelow } }))
