import { IconCameraRotate } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { PhotoToRetake } from '../../api/types.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './lot-table.module.css'
import tables from './table.module.css'
import { useReportTexts } from './texts.ts'

/** Photos that cannot be judged: parts that nobody has inspected yet. */
export function RetakeTable({ photos, timeZone }: { photos: readonly PhotoToRetake[]; timeZone: string }) {
  const { retake: texts, columns } = useReportTexts()
  const { vocabulary } = useTexts()
  const formats = useFormats()
  if (photos.length === 0) return null
  return (
    <section className={classes.lots} data-tone="notice" aria-label={texts.title}>
      <h3>
        <IconCameraRotate size={20} aria-hidden />
        {texts.title} ({formats.number(photos.length)})
      </h3>
      <p>{texts.why}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled on a phone must be so by keys, too. */}
      <section className={tables.scroll} aria-label={texts.title} tabIndex={0}>
        <table className={tables.table} data-wide="true">
          <thead>
            <tr>
              {[columns.picture, columns.time, columns.product, columns.where, texts.fault].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {photos.map((photo) => (
              <Row key={photo.defect_id} photo={photo} time={formats.hour(photo.timestamp, timeZone)}>
                {photo.photo_faults.map((code) => vocabulary.photoFaults[code]).join(' ') ||
                  vocabulary.reviewReasons.photo_unusable}
              </Row>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Row({ photo, time, children }: { photo: PhotoToRetake; time: string; children: string }) {
  const { defect_id: id, thumbnail_url: picture, product_sku: sku, line_id, station, lot, part_id } = photo
  return (
    <tr>
      <td>
        {picture && <img className={tables.thumbnail} src={picture} alt="" width={56} height={56} loading="lazy" />}
      </td>
      <td className={tables.whole}>
        <Link to={`/results/${id}`}>{time}</Link>
      </td>
      <td className={tables.whole}>{sku}</td>
      <td>{[line_id, station, lot, part_id].filter(Boolean).join(' · ') || '–'}</td>
      <td>{children}</td>
    </tr>
  )
}
