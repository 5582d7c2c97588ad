import { useFormats } from '../../language/use-language.ts'
import classes from './table.module.css'
import { useReportTexts } from './texts.ts'

interface CountTableProps {
  title: string
  counts: Record<string, number>
  nameOf: (code: string) => string
}

/** What fits beside two others on one page. */
const SHOWN = 7

/** How many defects of each kind, the most frequent first. */
export function CountTable({ title, counts, nameOf }: CountTableProps) {
  const texts = useReportTexts()
  const formats = useFormats()
  const rows = Object.entries(counts)
  const rest = rows.slice(SHOWN)
  return (
    <table className={classes.table}>
      <caption>{title}</caption>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td>{texts.none}</td>
          </tr>
        )}
        {rows.slice(0, SHOWN).map(([code, count]) => (
          <tr key={code}>
            <th scope="row">{nameOf(code)}</th>
            <td>{formats.number(count)}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row">{texts.more(rest.length)}</th>
            <td>{formats.number(rest.reduce((sum, [, count]) => sum + count, 0))}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
