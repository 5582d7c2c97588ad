import {
  IconFlask,
  IconRobot,
  IconUserCheck,
  IconUserEdit,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Analysis, Review } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useJudgement } from '../../components/use-judgement.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './standing.module.css'

const icons: Partial<Record<Review['kind'], TablerIcon>> = {
  confirm: IconUserCheck,
  correct: IconUserEdit,
  unsure: IconUserQuestion,
}

/** Whose verdict it is that counts, since when, and apart from it what the model said. */
export function Standing({ analysis }: { analysis: Analysis }) {
  const { result: texts, shared, vocabulary } = useTexts()
  const formats = useFormats()
  const judgement = useJudgement(analysis)
  const { facility, effective, defect_detected: detected } = analysis
  const Icon = (judgement && icons[judgement.kind]) ?? IconRobot
  const reason = analysis.review_reason
  const unjudged = reason === 'photo_unusable' || reason === 'product_not_recognised' ? reason : null
  const confidence = (
    <>
      {shared.confidence} {formats.share(analysis.confidence)}{' '}
      <span className={classes.aside}>({texts.confidenceMeaning})</span>
    </>
  )
  return (
    <div className={classes.standing}>
      {effective.voided && (
        <p className={classes.voided}>
          <IconFlask size={18} aria-hidden />
          <span>{texts.voided}</span>
        </p>
      )}
      <p className={classes.line} data-human={judgement !== null}>
        <Icon size={18} aria-hidden />
        {judgement ? (
          <span>
            {texts.judged[judgement.kind](judgement.person)} ·{' '}
            <FacilityTime iso={judgement.reviewed_at} facility={facility} />
          </span>
        ) : (
          <span>
            {texts.notJudged}
            {!unjudged && <> · {confidence}</>}
          </span>
        )}
      </p>
      {judgement && (
        <p className={classes.line}>
          <IconRobot size={18} aria-hidden />
          <span className={classes.model}>
            {texts.modelSaid}
            <VerdictTag verdict={analysis.verdict} />
            {detected && (
              <>
                {vocabulary.defectTypes[analysis.defect_type]}
                <SeverityTag severity={analysis.severity} />
              </>
            )}
            {unjudged ? <span>{vocabulary.reviewReasons[unjudged]}</span> : <span>{confidence}</span>}
          </span>
        </p>
      )}
    </div>
  )
}
