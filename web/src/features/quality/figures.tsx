import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Quality } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import { DetectionTable } from './detection-table.tsx'
import { LEAST } from './enough.ts'
import classes from './figures.module.css'
import { useQualityTexts } from './texts.ts'

type Detection = Quality['detection']
type Interval = Detection['precision_interval']

/** Precision, recall and agreement with their ranges, and what they are counted from. */
export function Figures({ detection, recall }: { detection: Detection; recall: Quality['recall_estimate'] }) {
  const texts = useQualityTexts()
  const { number } = useFormats()
  const { true_positives: tp, false_positives: fp, false_negatives: fn, true_negatives: tn } = detection
  return (
    <div className={classes.figures}>
      <Figure
        name="precision"
        part={tp}
        whole={tp + fp}
        share={detection.precision}
        interval={detection.precision_interval}
      />
      <Figure
        name="recall"
        part={recall.found}
        whole={recall.defects}
        share={recall.recall}
        interval={recall.interval}
        few={recall.sample === 0 ? texts.recall.none : texts.recall.tooFew(number(recall.defects), number(LEAST))}
      >
        {recall.sample > 0 && texts.recall.rests(number(recall.judged), number(recall.sample))}
      </Figure>
      <Figure
        name="agreement"
        part={tp + tn}
        whole={tp + fp + fn + tn}
        share={detection.agreement}
        interval={detection.agreement_interval}
      />
      <section className={classes.figure}>
        <DetectionTable detection={detection} />
      </section>
    </div>
  )
}

interface FigureProps {
  name: 'precision' | 'recall' | 'agreement'
  part: number
  whole: number
  share: number | null
  interval: Interval
  /** Why there is no figure; left out: too few reviews. */
  few?: string
  children?: ReactNode
}

function Figure({ name, part, whole, share, interval, few, children }: FigureProps) {
  const texts = useQualityTexts()
  const { number, share: percent } = useFormats()
  const { name: title, meaning } = texts.figures[name]
  const enough = whole >= LEAST && share !== null
  const range = interval && ([percent(interval.low), percent(interval.high)] as const)
  return (
    <section className={classes.figure} aria-label={title}>
      <h2>{title}</h2>
      {enough ? (
        <p className={classes.share}>
          {percent(share)} <span className={classes.range}>{range && texts.between(...range)}</span>
        </p>
      ) : (
        <p className={classes.few}>
          {few ?? texts.tooFew(number(whole), number(LEAST))}
          {range && <span className={classes.range}>{texts.somewhere(...range)}</span>}
        </p>
      )}
      {interval && (
        <div className={classes.scale} aria-hidden>
          <span
            className={classes.interval}
            style={{ left: `${100 * interval.low}%`, width: `${100 * (interval.high - interval.low)}%` }}
          />
          {enough && <span className={classes.point} style={{ left: `${100 * share}%` }} />}
        </div>
      )}
      <Text size="sm" c="dimmed">
        {meaning}: {texts.ofCount(number(part), number(whole))}
      </Text>
      {children && <Text size="sm">{children}</Text>}
    </section>
  )
}
