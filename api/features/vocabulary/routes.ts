import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Product } from '../../config/config.ts'
import { DEFECT_TYPES, FACILITIES, PRODUCTION_STAGES } from '../../domain/vocabulary.ts'
import { commonProblems } from '../../platform/http/schemas.ts'
import { DefectTypeCode, FacilityCode, StageCode } from './schemas.ts'

/** Lists of codes for the menus of clients. Only the products require a key. */
export const vocabularyRoutes: FastifyPluginAsyncTypebox<{ products: Product[] }> = async (app, { products }) => {
  const document = (operationId: string, summary: string) => ({ operationId, tags: ['vocabulary'], summary })

  app.get(
    '/defect-types',
    {
      config: { access: 'public' },
      schema: {
        ...document('listDefectTypes', 'Defect types'),
        response: {
          200: Type.Object({
            defect_types: Type.Array(Type.Object({ code: DefectTypeCode, description: Type.String() })),
          }),
          ...commonProblems,
        },
      },
    },
    async () => ({ defect_types: [...DEFECT_TYPES] }),
  )

  app.get(
    '/production-stages',
    {
      config: { access: 'public' },
      schema: {
        ...document('listProductionStages', 'Production stages, in order'),
        response: {
          200: Type.Object({
            production_stages: Type.Array(Type.Object({ code: StageCode, name: Type.String(), order: Type.Integer() })),
          }),
          ...commonProblems,
        },
      },
    },
    async () => ({ production_stages: [...PRODUCTION_STAGES] }),
  )

  app.get(
    '/facilities',
    {
      config: { access: 'public' },
      schema: {
        ...document('listFacilities', 'Facilities'),
        response: {
          200: Type.Object({
            facilities: Type.Array(
              Type.Object({
                code: FacilityCode,
                name: Type.String(),
                location: Type.String(),
                role: Type.String(),
                functions: Type.Array(Type.String()),
                time_zone: Type.String({ description: 'IANA name' }),
                capacity: Type.Optional(Type.String()),
                area_m2: Type.Optional(Type.Integer()),
              }),
            ),
          }),
          ...commonProblems,
        },
      },
    },
    async () => ({
      facilities: FACILITIES.map(({ timeZone, functions, ...facility }) => ({
        ...facility,
        functions: [...functions],
        time_zone: timeZone,
      })),
    }),
  )

  app.get(
    '/products',
    {
      config: { access: 'read' },
      schema: {
        ...document('listProducts', 'Products that can be inspected'),
        response: {
          200: Type.Object({
            products: Type.Array(
              Type.Object({
                code: Type.String(),
                name: Type.String(),
                cosmetic_is_defect: Type.Boolean({
                  description: 'False: a part with nothing but cosmetic flaws is within tolerance, and ok',
                }),
              }),
            ),
          }),
          ...commonProblems,
        },
      },
    },
    async () => ({
      products: products.map(({ code, name, cosmeticIsDefect: strict = false }) => ({
        code,
        name,
        cosmetic_is_defect: strict,
      })),
    }),
  )
}
