import { ResultPage } from '../../features/result/result-page.tsx'
import { ReviewKeys } from '../../features/review/review-keys.tsx'
import JudgedVerdict from '../judged-verdict.tsx'

export function Component() {
  return (
    <ResultPage
      tools={<ReviewKeys />}
      renderVerdict={(analysis) => <JudgedVerdict analysis={analysis} standalone keys />}
    />
  )
}
