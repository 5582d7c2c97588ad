import type { Ishikawa } from '../../api/types.ts'
import { ishikawaCategories } from '../../components/codes.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './fishbone.module.css'

/** Of the drawing's width, in percent: a bone's column, and how far the bone leans back. fishbone.module.css has the same columns. */
const COLUMN = 27
const LEAN = 5
const SPINE = { start: 1.5, end: 3 * COLUMN + 0.5 }

const bones = [1, 2, 3].flatMap((column) =>
  [0, 100].map((outer) => {
    const joint = column * COLUMN
    return `M ${joint - LEAN} ${outer} L ${joint} 50`
  }),
)
const tail = `M ${SPINE.start - 1} 43 L ${SPINE.start + 1} 50 L ${SPINE.start - 1} 57`

interface FishboneProps {
  ishikawa: Ishikawa
  /** What all the causes lead to. */
  effect: string
  /** Language of the causes. */
  lang: string
}

/**
 * Ishikawa's diagram. The bones are one drawing behind a list whose places it knows in percent, so that the texts wrap, can be
 * selected, printed and read out as a list; where it would be too narrow, the list stands alone.
 */
export function Fishbone({ ishikawa, effect, lang }: FishboneProps) {
  const { result: texts, vocabulary } = useTexts()
  return (
    <div className={classes.board}>
      <div className={classes.fishbone}>
        <svg className={classes.bones} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          <path className={classes.spine} d={`M ${SPINE.start} 50 H ${SPINE.end}`} />
          <path d={tail} />
          {bones.map((bone) => (
            <path key={bone} className={classes.bone} d={bone} />
          ))}
        </svg>
        <dl className={classes.causes}>
          {ishikawaCategories.map((category) => (
            <div key={category} data-empty={!ishikawa[category]}>
              <dt>{vocabulary.ishikawa[category]}</dt>
              {ishikawa[category] ? <dd lang={lang}>{ishikawa[category]}</dd> : <dd>{texts.nothingSaid}</dd>}
            </div>
          ))}
        </dl>
        <p className={classes.head}>{effect}</p>
      </div>
    </div>
  )
}
