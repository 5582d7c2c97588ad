import { VisuallyHidden } from '@mantine/core'
import { Link } from 'react-router'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag } from '../../components/tag.tsx'
import { isUnjudged, verdictName } from '../../components/verdict-name.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { drawnOnChange, type ItemProps } from './item.ts'
import { SelectBox } from './select-box.tsx'
import classes from './table-row.module.css'
import { Thumbnail } from './thumbnail.tsx'
import { ReviewedBy, VerdictWords } from './verdict-words.tsx'
import { useWord } from './word.ts'

// Rows of a table element cannot be placed by themselves, which a list of this length needs; the roles say the same.

/** Stays in view over a long list. */
export function TableHead() {
  const { columns } = useTexts().history
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells have nothing to be focused */}
      <div role="row" aria-rowindex={1} className={classes.cells}>
        {Object.entries(columns).map(([name, title]) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={name} role="columnheader" data-column={name}>
            {name === 'choose' ? <VisuallyHidden>{title}</VisuallyHidden> : title}
          </span>
        ))}
      </div>
    </div>
  )
}

/** A result on a wide screen. The whole row is the link. */
export const TableRow = drawnOnChange(function TableRow(props: ItemProps) {
  const { analysis, index, style, tabIndex, selected } = props
  const texts = useTexts()
  const { vocabulary } = texts
  const formats = useFormats()
  const word = useWord(analysis)
  const { defect_detected: detected, severity, product_sku: sku } = word
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the link in it has the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-selected={selected}
      className={`${classes.cells} ${classes.row}`}
      // On the row, as its link lies over the words that may be cut off.
      title={[analysis.file_name, sku, analysis.lot, analysis.line_id].filter(Boolean).join(' · ')}
      style={style}
    >
      <Cell name="choose">
        <SelectBox {...props} />
      </Cell>
      <Cell name="picture">
        <Thumbnail analysis={analysis} />
      </Cell>
      <Cell name="time">
        <Link to={`/results/${analysis.defect_id}`} className={classes.link} tabIndex={tabIndex}>
          <FacilityTime iso={analysis.timestamp} facility={analysis.facility} />
        </Link>
        <span className={classes.soft}>{analysis.file_name}</span>
      </Cell>
      <Cell name="product">
        {sku}
        <span className={classes.soft}>{analysis.lot}</span>
      </Cell>
      <Cell name="verdict">
        <span className={classes.tags}>
          <VerdictWords analysis={analysis} />
        </span>
        <ReviewedBy analysis={analysis} />
      </Cell>
      <Cell name="type">{detected || isUnjudged(analysis, word) ? verdictName(analysis, texts, word) : '–'}</Cell>
      <Cell name="severity">{detected ? <SeverityTag severity={severity} /> : '–'}</Cell>
      <Cell name="confidence">{isUnjudged(analysis, word) ? '–' : formats.share(analysis.confidence)}</Cell>
      <Cell name="facility">
        {vocabulary.facilities[analysis.facility]}
        <span className={classes.soft}>{analysis.line_id}</span>
      </Cell>
    </div>
  )
})

function Cell({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span role="cell" data-column={name}>
      {children}
    </span>
  )
}
