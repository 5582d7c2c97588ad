import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { analysisQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import type { Drawing } from '../../components/drawing.ts'
import { lazyPart } from '../../components/lazy-part.tsx'
import { useMay } from '../../components/use-may.ts'
import { verdictName } from '../../components/verdict-name.ts'
import { useTexts } from '../../language/use-language.ts'
import { Actions } from './actions.tsx'
import { Causes } from './causes.tsx'
import { Findings } from './findings.tsx'
import { PaperFoot, PaperHead } from './paper.tsx'
import { Picture } from './picture/picture.tsx'
import { usePictureView } from './picture/use-picture-view.ts'
import { Summary } from './summary.tsx'
import { useTranslated } from './translation.tsx'
import { useRoomBelow } from './use-room-below.ts'
import classes from './verdict-view.module.css'

const Explanation = lazyPart('explanation', () => import('./explanation/explanation.tsx'))

interface VerdictViewProps {
  analysis: Analysis
  /** On a page of its own: no link to that page. */
  standalone?: boolean
  onAgain?: (() => void) | undefined
  /** Where a person says what is right. */
  judgement?: ReactNode
  /** The boxes that the person draws, while one corrects. */
  drawing?: Drawing | null
}

/** All that is known of one photo: verdict, marked picture, findings, causes, actions. */
export function VerdictView(props: VerdictViewProps) {
  // Who compares goes on comparing at the next part of the queue.
  const [compared, setCompared] = useState(false)
  const comparison = { compared, onCompare: () => setCompared(!compared) }
  // Keyed, so that zoom and highlighting of one picture are not taken over to the next.
  return <OneVerdict key={props.analysis.defect_id} {...props} {...comparison} />
}

interface OneVerdictProps extends VerdictViewProps {
  compared: boolean
  onCompare: () => void
}

function OneVerdict({
  analysis: given,
  standalone = false,
  onAgain,
  judgement,
  drawing = null,
  compared,
  onCompare,
}: OneVerdictProps) {
  const { data: stored, refetch } = useQuery({
    ...analysisQuery(given.defect_id),
    initialData: given,
  })
  const { analysis, bar } = useTranslated(stored)
  const messages = useTexts()
  const [active, setActive] = useState<number | null>(null)
  const picture = usePictureView({ width: analysis.image_width, height: analysis.image_height })
  const correcting = drawing !== null
  const { effective } = analysis
  // Of a part that is good there is nothing to be explained, unless something was written.
  const explainable =
    useMay('analyse') && !effective.voided && (effective.defect_detected || analysis.root_cause !== '')
  const columns = useRoomBelow(correcting)
  return (
    <article className={classes.view} data-correcting={correcting}>
      <PaperHead />
      <Summary analysis={{ ...analysis, duplicate: given.duplicate }} standalone={standalone} onAgain={onAgain} />
      {bar}
      <div ref={columns} className={classes.columns} data-compared={compared}>
        {correcting && (
          <VisuallyHidden component={standalone ? 'h1' : 'h2'}>{verdictName(analysis, messages)}</VisuallyHidden>
        )}
        <div className={classes.main}>
          <Picture
            analysis={analysis}
            picture={picture}
            active={active}
            onActive={setActive}
            drawing={drawing}
            compared={compared}
            onCompare={onCompare}
            onStale={() => void refetch()}
          />
        </div>
        <div className={classes.side}>
          {judgement}
          <Findings analysis={analysis} active={active} onActive={setActive} onShow={picture.showBox} />
        </div>
      </div>
      <Causes analysis={analysis} />
      <Actions analysis={analysis} />
      {explainable && (
        <Suspense>
          <Explanation analysis={analysis} />
        </Suspense>
      )}
      <PaperFoot analysis={analysis} />
    </article>
  )
}
