import { PrintPage } from '../../features/print/print-page.tsx'
import { VerdictView } from '../../features/result/verdict-view.tsx'

/** Features know nothing of each other: how a result looks on paper is handed to the page that prints several. */
export function Component() {
  return <PrintPage renderPaper={(analysis) => <VerdictView analysis={analysis} standalone />} />
}
