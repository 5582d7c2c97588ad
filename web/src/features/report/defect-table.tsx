import { Link } from 'react-router'
import type { DefectType, Severity, ShiftReport, Stage } from '../../api/types.ts'
import { SeverityTag } from '../../components/tag.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './table.module.css'
import { useReportTexts } from './texts.ts'

interface DefectTableProps {
  defects: ShiftReport['defect_details']
  timeZone: string
}

/** What fits the page beside all else. The CSV has the rest. */
const SHOWN = 10

/** The defects that matter most. */
export function DefectTable({ defects, timeZone }: DefectTableProps) {
  const texts = useReportTexts()
  const { vocabulary } = useTexts()
  const formats = useFormats()
  const { columns } = texts
  if (defects.length === 0) return null
  const rest = defects.length - SHOWN
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled on a phone must be so by keys, too.
    <section className={classes.scroll} aria-label={texts.defects} tabIndex={0}>
      <table className={classes.table} data-wide="true">
        <caption>{texts.defects}</caption>
        <thead>
          <tr>
            {[columns.time, columns.severity, columns.type, columns.stage, columns.product, columns.cause].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {defects.slice(0, SHOWN).map((defect) => (
            <tr key={defect.defect_id}>
              <td className={classes.whole}>
                <Link to={`/results/${defect.defect_id}`}>
                  {defect.timestamp ? formats.hour(defect.timestamp, timeZone) : defect.defect_id}
                </Link>
              </td>
              <td>
                <SeverityTag severity={defect.severity as Severity} />
              </td>
              <td>{vocabulary.defectTypes[defect.defect_type as DefectType]}</td>
              <td>{defect.probable_stage ? vocabulary.stages[defect.probable_stage as Stage] : '–'}</td>
              <td className={classes.whole}>{defect.product_sku}</td>
              <td>
                <span className={classes.clamp}>{defect.root_cause || '–'}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={classes.more}>{texts.more(rest)}</p>}
    </section>
  )
}
