import type { ShiftReport } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './paper-foot.module.css'
import { useReportTexts } from './texts.ts'

/** By what and when the report was made, and room for who answers for it. */
export function PaperFoot({ report, timeZone }: { report: ShiftReport; timeZone: string }) {
  const texts = useReportTexts()
  const formats = useFormats()
  const { inspector, leader, date, signature } = texts.paper
  return (
    <footer className={classes.foot}>
      <p>
        {report.model_version && `${texts.models}: ${report.model_version} · `}
        {texts.made}: {formats.time(report.report_timestamp, timeZone)}
      </p>
      <dl className={classes.lines} data-print="only">
        {[inspector, leader].map((name) => (
          <div key={name}>
            <dt>
              {name} · {signature}
            </dt>
            <dd />
          </div>
        ))}
        <div>
          <dt>{date}</dt>
          <dd />
        </div>
      </dl>
    </footer>
  )
}
