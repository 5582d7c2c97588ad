import { Button } from '@mantine/core'
import { IconUserCheck, IconUserUp } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Analysis, Review } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { analyzersWord } from '../../components/judgement.ts'
import { VerdictTag } from '../../components/tag.tsx'
import classes from './conflict.module.css'
import { DefectsInWords } from './defects-in-words.tsx'
import type { Said } from './draft.ts'
import { useReviewTexts } from './texts.ts'

interface ConflictProps {
  analysis: Analysis
  /** What was said here; null while the correction is not complete. */
  said: Said | null
  busy: boolean
  onKeepTheirs: () => void
  onSendMine: () => void
}

/** Two people judged one result: both verdicts side by side, and the choice between them. Nothing is overwritten without it. */
export function Conflict({ analysis, said, busy, onKeepTheirs, onSendMine }: ConflictProps) {
  const texts = useReviewTexts()
  const place = useRef<HTMLElement>(null)
  const { review } = analysis
  const id = review?.id
  useEffect(() => {
    if (!id) return
    const element = place.current
    element?.focus({ preventScroll: true })
    // Of one that is higher than the window, its beginning.
    element?.scrollIntoView({ block: element.offsetHeight > window.innerHeight / 2 ? 'start' : 'center' })
  }, [id])
  if (!review) return null
  return (
    <section
      ref={place}
      tabIndex={-1}
      role="alert"
      className={classes.conflict}
      aria-label={texts.conflict.title(review.person)}
    >
      <h3>{texts.conflict.title(review.person)}</h3>
      <p>{texts.conflict.hint}</p>
      <div className={classes.sides}>
        <Side title={texts.conflict.theirs(review.person)} said={saidBy(review)} comment={review.comment}>
          <FacilityTime iso={review.reviewed_at} facility={analysis.facility} />
        </Side>
        <Side title={texts.conflict.mine} said={said && wordsOf(said, analysis)} comment={said?.comment ?? null}>
          {texts.conflict.notStored}
        </Side>
      </div>
      <div className={classes.buttons}>
        <Button
          variant="default"
          mih={44}
          disabled={busy}
          leftSection={<IconUserCheck size={20} aria-hidden />}
          onClick={onKeepTheirs}
        >
          {texts.conflict.keepTheirs}
        </Button>
        <Button
          variant="default"
          mih={44}
          loading={busy}
          disabled={said === null}
          leftSection={<IconUserUp size={20} aria-hidden />}
          onClick={onSendMine}
        >
          {texts.conflict.sendMine}
        </Button>
      </div>
    </section>
  )
}

type Words = Pick<Review, 'kind' | 'verdict' | 'defects'>

const saidBy = ({ kind, verdict, defects }: Review): Words => ({ kind, verdict, defects })

/** What the result would be by it. */
function wordsOf({ kind, verdict, defects = [] }: Said, analysis: Analysis): Words {
  if (kind === 'confirm') return { kind, verdict: analyzersWord(analysis), defects: analysis.defects }
  const named = defects.map((defect) => ({ ...defect, bounding_box: defect.bounding_box ?? null }))
  return { kind, verdict: kind === 'unsure' ? 'review' : (verdict ?? null), defects: named }
}

interface SideProps {
  title: string
  said: Words | null
  comment: string | null
  children: ReactNode
}

function Side({ title, said, comment, children }: SideProps) {
  const texts = useReviewTexts()
  return (
    <div className={classes.side}>
      <h4>{title}</h4>
      <p className={classes.when}>{children}</p>
      {said ? (
        <>
          <p>{texts.conflict.kinds[said.kind]}</p>
          {said.verdict && <VerdictTag verdict={said.verdict} />}
          <DefectsInWords defects={said.defects} />
        </>
      ) : (
        <p>{texts.incomplete}</p>
      )}
      {comment && <blockquote>{comment}</blockquote>}
    </div>
  )
}
