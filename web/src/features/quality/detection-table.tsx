import type { Quality } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import classes from './detection-table.module.css'
import { useQualityTexts } from './texts.ts'

/** Model against person, defect or none: the four counts that all else is made of. */
export function DetectionTable({ detection }: { detection: Quality['detection'] }) {
  const texts = useQualityTexts().table
  const { number } = useFormats()
  const rows = [
    {
      title: texts.model.defect,
      agreed: detection.true_positives,
      other: detection.false_positives,
      word: texts.falseAlarm,
      agreedFirst: true,
    },
    {
      title: texts.model.none,
      agreed: detection.true_negatives,
      other: detection.false_negatives,
      word: texts.missed,
      agreedFirst: false,
    },
  ]
  return (
    <table className={classes.table}>
      <caption>{texts.title}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{texts.person.defect}</th>
          <th scope="col">{texts.person.none}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ title, agreed, other, word, agreedFirst }) => {
          const cells = [
            <td key="agreed" className={classes.agreed}>
              {number(agreed)}
            </td>,
            <td key="other">
              {number(other)} <span>{word}</span>
            </td>,
          ]
          return (
            <tr key={title}>
              <th scope="row">{title}</th>
              {agreedFirst ? cells : cells.toReversed()}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
