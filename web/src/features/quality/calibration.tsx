import { Table, Text } from '@mantine/core'
import type { Quality } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useFormats } from '../../language/use-language.ts'
import classes from './calibration.module.css'
import { ReliabilityDiagram } from './reliability-diagram.tsx'
import { useQualityTexts } from './texts.ts'

/** Whether the confidence can be believed: the diagram, and its figures as a table. */
export function Calibration({ quality }: { quality: Quality }) {
  const texts = useQualityTexts().calibration
  const { columns } = texts
  const { number, share } = useFormats()
  const between = useQualityTexts().between
  const bins = quality.calibration.filter(({ count }) => count > 0)
  if (bins.length === 0) {
    return (
      <Panel title={texts.title}>
        <Text c="dimmed">{texts.none}</Text>
      </Panel>
    )
  }
  return (
    <Panel title={texts.title}>
      <Text size="sm" c="dimmed">
        {texts.text}
      </Text>
      <ReliabilityDiagram bins={bins} />
      <details className={classes.details} data-print="no">
        <summary>{texts.asTable}</summary>
        <Table className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {[columns.bin, columns.count, columns.mean, columns.confirmed, columns.interval].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {bins.map((bin) => (
              <Table.Tr key={bin.from}>
                <Table.Th scope="row">{between(share(bin.from), share(bin.to))}</Table.Th>
                <Table.Td>{number(bin.count)}</Table.Td>
                <Table.Td>{share(bin.mean_confidence ?? 0)}</Table.Td>
                <Table.Td>
                  {share(bin.share_confirmed ?? 0)} ({number(bin.confirmed)})
                </Table.Td>
                <Table.Td>{bin.interval && between(share(bin.interval.low), share(bin.interval.high))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </Panel>
  )
}
