import type { AnalysisBody } from '../../api/features/analyses/schemas.ts'

/** The JSON of an answer, in the shape that the test expects; the test's own asserts check it. */
export const bodyOf = async <T>(response: Response): Promise<T> => (await response.json()) as T

/** The analysis of an answer of POST /analyze. */
export const analysisOf = async (response: Response): Promise<AnalysisBody> =>
  (await bodyOf<{ analysis: AnalysisBody }>(response)).analysis
