import { useMutation, useQueryClient } from '@tanstack/react-query'
import { explain } from '../../../api/explanations.ts'
import { toProblem } from '../../../api/problem.ts'
import { analysisQuery } from '../../../api/queries.ts'
import type { Analysis, NewExplanation } from '../../../api/types.ts'

const FASTER = 'explained-meanwhile'

/** Sends what a person says of causes and actions. Where somebody was faster, the result is read anew, and `faster` is true. */
export function useExplaining(defectId: string, onDone: () => void) {
  const queries = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation<Analysis, Error, NewExplanation>({
    mutationFn: (said) => explain(defectId, said),
    async onSuccess(analysis) {
      queries.setQueryData(analysisQuery(defectId).queryKey, analysis)
      for (const queryKey of [['history'], ['shift-report']]) void queries.invalidateQueries({ queryKey })
      onDone()
    },
    async onError(problem) {
      if (toProblem(problem).kind !== FASTER) return
      await queries.fetchQuery({ ...analysisQuery(defectId), initialData: undefined, staleTime: 0 }).catch(() => null)
    },
  })
  const faster = error !== null && toProblem(error).kind === FASTER
  return { send: mutate, busy: isPending, faster, error, forget: reset }
}
