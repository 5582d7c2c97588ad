import { Table } from '@mantine/core'
import type { Quality } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { LEAST } from './enough.ts'
import { useQualityTexts } from './texts.ts'
import classes from './type-table.module.css'

type Row = Quality['by_defect_type'][number]

/** Precision and recall of each defect type that anybody named. */
export function TypeTable({ types }: { types: readonly Row[] }) {
  const quality = useQualityTexts()
  const { vocabulary } = useTexts()
  const { columns, title } = quality.types
  if (types.length === 0) return null
  return (
    <Panel title={title}>
      <Table className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {[columns.type, columns.precision, columns.recall].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {types.map((row) => {
            const { true_positives: tp, false_positives: fp, false_negatives: fn } = row
            return (
              <Table.Tr key={row.defect_type}>
                <Table.Th scope="row">{vocabulary.defectTypes[row.defect_type]}</Table.Th>
                <Share share={row.precision} part={tp} whole={tp + fp} interval={row.precision_interval} />
                <Share share={row.recall} part={tp} whole={tp + fn} interval={row.recall_interval} />
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

interface ShareProps {
  share: number | null
  part: number
  whole: number
  interval: Row['precision_interval']
}

function Share({ share, part, whole, interval }: ShareProps) {
  const texts = useQualityTexts()
  const { number, share: percent } = useFormats()
  if (whole === 0) return <Table.Td>–</Table.Td>
  return (
    <Table.Td>
      {share !== null && whole >= LEAST ? <strong>{percent(share)}</strong> : <em>{texts.types.few}</em>}
      <span className={classes.more}>
        {texts.ofCount(number(part), number(whole))}
        {interval && <> · {texts.between(percent(interval.low), percent(interval.high))}</>}
      </span>
    </Table.Td>
  )
}
