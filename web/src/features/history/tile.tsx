import { Link } from 'react-router'
import { FacilityTime } from '../../components/facility-time.tsx'
import { verdictName } from '../../components/verdict-name.ts'
import { useTexts } from '../../language/use-language.ts'
import { drawnOnChange, type ItemProps } from './item.ts'
import { SelectBox } from './select-box.tsx'
import { Thumbnail } from './thumbnail.tsx'
import classes from './tile.module.css'
import { VerdictWords } from './verdict-words.tsx'
import { useWord } from './word.ts'

/** A result in the gallery: its picture with the box, and what is needed to tell it. */
export const Tile = drawnOnChange(function Tile(props: ItemProps) {
  const { analysis, index, style, total, tabIndex, selected } = props
  const texts = useTexts()
  const word = useWord(analysis)
  const { product_sku: sku } = word
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
      <div className={classes.tile} data-selected={selected}>
        <Link to={`/results/${analysis.defect_id}`} className={classes.link} tabIndex={tabIndex}>
          <Thumbnail analysis={analysis} boxed />
          <span className={classes.words}>
            <span className={classes.tags}>
              <VerdictWords analysis={analysis} />
            </span>
            <span className={classes.type}>{verdictName(analysis, texts, word)}</span>
            <span className={classes.soft}>{sku}</span>
            <FacilityTime iso={analysis.timestamp} facility={analysis.facility} className={classes.soft} />
          </span>
        </Link>
        <div className={classes.box}>
          <SelectBox {...props} />
        </div>
      </div>
    </div>
  )
})
