import { IconAlertOctagon, IconCircleCheck, IconCircleX, IconClock, IconScale } from '@tabler/icons-react'
import type { PhotoToRetake, ShiftReport, TargetCheck, Truth } from '../../api/types.ts'
import { severities as severityCodes } from '../../components/codes.ts'
import { TruthNote } from '../../components/truth-note.tsx'
import { UnitsEntry } from '../../components/units-entry.tsx'
import { useShiftName } from '../../components/use-shift-name.ts'
import { useTargetText } from '../../components/use-target-text.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { CountTable } from './count-table.tsx'
import { DefectTable } from './defect-table.tsx'
import { LotTable } from './lot-table.tsx'
import { PaperFoot } from './paper-foot.tsx'
import type { Range } from './range.ts'
import classes from './report-sheet.module.css'
import { RetakeTable } from './retake-table.tsx'
import { useReportTexts } from './texts.ts'

interface ReportSheetProps {
  range: Range
  report: ShiftReport
  stored: {
    from: string
    to: string
    photos: number
    human_confirmed: number
    truth: Truth
    target: TargetCheck
    to_retake: readonly PhotoToRetake[]
    time_zone: string
  }
}

const STATUS_ICONS = { met: IconCircleCheck, missed: IconCircleX, not_judged: IconScale }

/** Causes that fit one page. */
const SHOWN_CAUSES = 4

/** The report: on the screen, and on A4. */
export function ReportSheet({ range, report, stored }: ReportSheetProps) {
  const texts = useReportTexts()
  const { figures, frame, vocabulary } = useTexts()
  const formats = useFormats()
  const shiftName = useShiftName()
  const { status } = stored.target
  const judged = useTargetText(stored.target)
  const Status = STATUS_ICONS[status]
  const statusName = { met: texts.pass, missed: texts.fail, not_judged: texts.notJudged }[status]
  const names = (known: Record<string, string>) => (code: string) => known[code] ?? code
  const severities = Object.fromEntries(Object.entries(vocabulary.severities).map(([code, { name }]) => [code, name]))
  const top = report.top_problematic_stage
  const worstFirst = Object.fromEntries(
    severityCodes.flatMap((code) => (report.by_severity[code] ? [[code, report.by_severity[code]]] : [])),
  )
  return (
    <article className={classes.sheet}>
      <p className={classes.product} data-print="only">
        {frame.product} · {texts.title}
      </p>
      <header className={classes.head}>
        <h2>
          {vocabulary.facilities[range.facility]} · {range.shift ? shiftName(range.shift) : figures.allShifts} ·{' '}
          {formats.date(range.day)}
        </h2>
        <p>
          {formats.hour(stored.from, stored.time_zone)} – {formats.hour(stored.to, stored.time_zone)} (
          {stored.time_zone})
        </p>
      </header>
      {Date.parse(stored.to) > Date.parse(report.report_timestamp) && (
        <p className={classes.running}>
          <IconClock size={20} aria-hidden />
          {texts.running(formats.hour(stored.to, stored.time_zone))}
        </p>
      )}
      {report.requires_line_stop && (
        <p className={classes.stop} role="alert">
          <IconAlertOctagon size={40} aria-hidden />
          <span>
            <strong>{texts.lineStop}</strong> {texts.lineStopWhy(report.critical_count)}
          </span>
        </p>
      )}
      <LotTable lots={report.lots_to_quarantine} />
      <TruthNote truth={stored.truth} confirmed={stored.human_confirmed} photos={stored.photos} />
      {report.total_inspected === 0 ? (
        <p className={classes.empty}>{texts.empty}</p>
      ) : (
        <>
          <div className={classes.tiles}>
            <div className={classes.status} data-status={status}>
              <Status size={36} aria-hidden />
              <div>
                <strong>{statusName}</strong>
                <span>{judged}</span>
              </div>
            </div>
            <Tile name={figures.defectRate} value={formats.percent(report.defect_rate_percent)}>
              {texts.rateOf(formats.number(report.total_defects), formats.number(report.total_inspected))}
            </Tile>
            <Tile name={texts.critical} value={formats.number(report.critical_count)}>
              {report.requires_line_stop ? texts.lineStop : texts.noLineStop}
            </Tile>
            <Tile name={texts.major} value={formats.number(report.major_count)} />
            <Tile name={texts.topStage} value={top ? names(vocabulary.stages)(top) : texts.none} small />
          </div>
          {status === 'not_judged' && stored.target.reason !== 'part_of_day' && (
            <section aria-label={texts.units} data-print="no">
              <UnitsEntry
                key={`${range.facility} ${range.day} ${range.shift}`}
                start={{ facility: range.facility, day: range.day, shift: range.shift }}
              />
            </section>
          )}
          <div className={classes.breakdowns}>
            <CountTable title={texts.bySeverity} counts={worstFirst} nameOf={names(severities)} />
            <CountTable title={texts.byType} counts={report.by_defect_type} nameOf={names(vocabulary.defectTypes)} />
            <CountTable title={texts.byStage} counts={report.by_production_stage} nameOf={names(vocabulary.stages)} />
          </div>
          {report.unique_root_causes.length > 0 && (
            <section className={classes.causes}>
              <h3>{texts.causes}</h3>
              <ul>
                {report.unique_root_causes.slice(0, SHOWN_CAUSES).map((cause) => (
                  <li key={cause}>{cause}</li>
                ))}
              </ul>
              <p>
                {report.unique_root_causes.length > SHOWN_CAUSES &&
                  `${texts.more(report.unique_root_causes.length - SHOWN_CAUSES)}. `}
                {texts.draft}
              </p>
            </section>
          )}
          <DefectTable defects={report.defect_details} timeZone={stored.time_zone} />
        </>
      )}
      <RetakeTable photos={stored.to_retake} timeZone={stored.time_zone} />
      <PaperFoot report={report} timeZone={stored.time_zone} />
    </article>
  )
}

function Tile({ name, value, small, children }: { name: string; value: string; small?: boolean; children?: string }) {
  return (
    <div className={classes.tile}>
      <span>{name}</span>
      <strong data-small={small}>{value}</strong>
      <span>{children}</span>
    </div>
  )
}
