import { bodyOf, client } from './client.ts'
import type { Analysis, NewExplanation } from './types.ts'

/** Confirms or rewrites causes and actions; the result as it is then. */
export const explain = async (defectId: string, said: NewExplanation): Promise<Analysis> => {
  const params = { path: { defect_id: defectId } }
  return (await bodyOf(client.PUT('/api/v1/analyses/{defect_id}/explanation', { params, body: said }))).analysis
}
