import type { ProblemError } from '../../api/problem.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'

/** Kinds of a refusal after which the result was read anew. */
const OUTDATED = ['reviewed-meanwhile', 'nothing-to-do']

/** Why a decision was not stored, and that nothing of it is lost. */
export function FailedNote({ problem }: { problem: ProblemError }) {
  const texts = useTexts().review
  const outdated = problem.kind !== null && OUTDATED.includes(problem.kind)
  return <ProblemNote title={outdated ? texts.outdated : texts.failed} error={problem} />
}
