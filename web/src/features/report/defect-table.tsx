import { IconRobot, IconUser, IconUserCheck } from '@tabler/icons-react'
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

/** All defects, the worst first: what is set aside is found by its line, lot and part. */
export function DefectTable({ defects, timeZone }: DefectTableProps) {
  const texts = useReportTexts()
  const { vocabulary } = useTexts()
  const { columns } = texts
  if (defects.length === 0) return null
  const names = [
    columns.picture,
    columns.time,
    columns.severity,
    columns.type,
    columns.product,
    columns.where,
    columns.source,
    columns.cause,
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled on a phone must be so by keys, too.
    <section className={classes.scroll} aria-label={texts.defects} tabIndex={0}>
      <table className={classes.table} data-wide="true" data-columns="defects">
        <caption>{texts.defects}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {defects.map((defect) => (
            <DefectRow key={defect.defect_id} defect={defect} timeZone={timeZone} vocabulary={vocabulary} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface DefectRowProps {
  defect: ShiftReport['defect_details'][number]
  timeZone: string
  vocabulary: ReturnType<typeof useTexts>['vocabulary']
}

function DefectRow({ defect, timeZone, vocabulary }: DefectRowProps) {
  const { columns, sources, confirmedBy } = useReportTexts()
  const formats = useFormats()
  const { line_id, lot, part_id, probable_stage, verdict_source: source } = defect
  const Source = source === 'human' ? IconUser : IconRobot
  const type = vocabulary.defectTypes[defect.defect_type as DefectType]
  const places = [
    [columns.line, line_id],
    [columns.lot, lot],
    [columns.part, part_id],
  ] as const
  return (
    <tr>
      <td>
        {defect.thumbnail_url && (
          <img className={classes.thumbnail} src={defect.thumbnail_url} alt="" width={56} height={56} loading="lazy" />
        )}
      </td>
      <td className={classes.whole}>
        <Link to={`/results/${defect.defect_id}`}>
          {defect.timestamp ? formats.hour(defect.timestamp, timeZone) : defect.defect_id}
        </Link>
      </td>
      <td>
        <SeverityTag severity={defect.severity as Severity} />
      </td>
      <td>
        {type}
        {probable_stage && <small>{vocabulary.stages[probable_stage as Stage]}</small>}
      </td>
      <td className={classes.whole}>{defect.product_sku}</td>
      <td>
        {places.map(
          ([name, value]) =>
            value && (
              <span key={name} className={classes.place}>
                <span>{name}</span> {value}
              </span>
            ),
        )}
        {places.every(([, value]) => !value) && '–'}
      </td>
      <td>
        <span className={classes.source}>
          <Source size={16} aria-hidden />
          {sources[source]}
        </span>
      </td>
      <td>
        <span className={classes.clamp}>{defect.root_cause || '–'}</span>
        {defect.causes_confirmed_by && (
          <small>
            <IconUserCheck size={14} aria-hidden /> {confirmedBy(defect.causes_confirmed_by)}
          </small>
        )}
      </td>
    </tr>
  )
}
