import { Link } from 'react-router'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag } from '../../components/tag.tsx'
import { isUnjudged, verdictName } from '../../components/verdict-name.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './card.module.css'
import { drawnOnChange, type ItemProps } from './item.ts'
import { SelectBox } from './select-box.tsx'
import { Thumbnail } from './thumbnail.tsx'
import { ReviewedBy, VerdictWords } from './verdict-words.tsx'
import { useWord } from './word.ts'

/** A result on a narrow screen. */
export const Card = drawnOnChange(function Card(props: ItemProps) {
  const { analysis, index, style, total, tabIndex, selected } = props
  const texts = useTexts()
  const { vocabulary } = texts
  const formats = useFormats()
  const word = useWord(analysis)
  const { defect_detected: detected, severity, product_sku: sku } = word
  return (
    // biome-ignore lint/a11y/useSemanticElements: an item of the list around it, which is no ul
    <div
      role="listitem"
      aria-posinset={index + 1}
      aria-setsize={total ?? -1}
      data-index={index}
      className={classes.place}
      style={style}
    >
      <div className={classes.card} data-selected={selected}>
        <Link to={`/results/${analysis.defect_id}`} className={classes.link} tabIndex={tabIndex}>
          <Thumbnail analysis={analysis} />
          <span className={classes.words}>
            <span className={classes.tags}>
              <VerdictWords analysis={analysis} />
              {detected && <SeverityTag severity={severity} />}
            </span>
            <strong>{verdictName(analysis, texts, word)}</strong>
            <span className={classes.soft}>
              {sku} · {vocabulary.facilities[analysis.facility]}
              {!isUnjudged(analysis, word) && ` · ${formats.share(analysis.confidence)}`}
            </span>
            <FacilityTime iso={analysis.timestamp} facility={analysis.facility} className={classes.soft} />
            <ReviewedBy analysis={analysis} />
          </span>
        </Link>
        <div className={classes.box}>
          <SelectBox {...props} />
        </div>
      </div>
    </div>
  )
})
