import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { analysisQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import { Actions } from './actions.tsx'
import { Causes } from './causes.tsx'
import { Details } from './details.tsx'
import { Findings } from './findings.tsx'
import { PaperFoot, PaperHead } from './paper.tsx'
import { Picture } from './picture/picture.tsx'
import { usePictureView } from './picture/use-picture-view.ts'
import { Summary } from './summary.tsx'
import { useTranslated } from './translation.tsx'
import classes from './verdict-view.module.css'

interface VerdictViewProps {
  analysis: Analysis
  /** On a page of its own: no link to that page. */
  standalone?: boolean
  onAgain?: () => void
}

/** All that is known of one photo: verdict, marked picture, findings, causes, actions. */
export function VerdictView(props: VerdictViewProps) {
  // Keyed, so that zoom and highlighting of one picture are not taken over to the next.
  return <OneVerdict key={props.analysis.defect_id} {...props} />
}

function OneVerdict({ analysis: given, standalone = false, onAgain }: VerdictViewProps) {
  const { data: stored, refetch } = useQuery({
    ...analysisQuery(given.defect_id),
    initialData: given,
  })
  const { analysis, bar } = useTranslated(stored)
  const [active, setActive] = useState<number | null>(null)
  const picture = usePictureView({ width: analysis.image_width, height: analysis.image_height })
  return (
    <article className={classes.view}>
      <PaperHead />
      <Summary analysis={{ ...analysis, duplicate: given.duplicate }} standalone={standalone} onAgain={onAgain} />
      {bar}
      <div className={classes.columns}>
        <div className={classes.main}>
          <Picture analysis={analysis} picture={picture} active={active} onStale={() => void refetch()} />
        </div>
        <div className={classes.main}>
          <Findings analysis={analysis} active={active} onActive={setActive} onShow={picture.showBox} />
        </div>
      </div>
      <Causes analysis={analysis} />
      <Actions analysis={analysis} />
      <Details analysis={stored} />
      <PaperFoot analysis={analysis} />
    </article>
  )
}
