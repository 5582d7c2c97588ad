import { IconPackageOff } from '@tabler/icons-react'
import type { ShiftReport } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './lot-table.module.css'
import tables from './table.module.css'
import { useReportTexts } from './texts.ts'

/** The lots that must not leave the plant. */
export function LotTable({ lots }: { lots: ShiftReport['lots_to_quarantine'] }) {
  const { lots: texts, columns } = useReportTexts()
  const { number } = useFormats()
  if (lots.length === 0) return null
  return (
    <section className={classes.lots} aria-label={texts.title}>
      <h3>
        <IconPackageOff size={20} aria-hidden />
        {texts.title}
      </h3>
      <p>{texts.why}</p>
      <div className={tables.scroll}>
        <table className={tables.table} data-wide="true">
          <thead>
            <tr>
              {[columns.lot, columns.product, columns.line, texts.parts, texts.defects].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lots.map((lot) => (
              <tr key={lot.lot ?? ''}>
                <td className={classes.lot}>{lot.lot ?? texts.withoutLot}</td>
                <td>{lot.product_skus.join(', ')}</td>
                <td>{lot.line_ids.join(', ') || '–'}</td>
                <td>{lot.part_ids.join(', ') || '–'}</td>
                <td>{texts.counts(number(lot.critical), number(lot.defects))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
