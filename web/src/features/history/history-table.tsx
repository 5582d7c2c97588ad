import { Table, VisuallyHidden } from '@mantine/core'
import { Link } from 'react-router'
import type { Analysis } from '../../api/types.ts'
import { FacilityTime } from '../../components/facility-time.tsx'
import { SeverityTag, VerdictTag } from '../../components/tag.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './history-table.module.css'
import { Thumbnail } from './thumbnail.tsx'

/** The history on a wide screen. The whole row is the link. */
export function HistoryTable({ analyses }: { analyses: readonly Analysis[] }) {
  const texts = useTexts().history
  return (
    <div className={classes.frame}>
      <Table verticalSpacing={6} highlightOnHover highlightOnHoverColor="var(--accent-fill)">
        <caption>
          <VisuallyHidden>{texts.caption}</VisuallyHidden>
        </caption>
        <Table.Thead>
          <Table.Tr>
            {Object.entries(texts.columns).map(([name, title]) => (
              <Table.Th key={name} ta={name === 'confidence' ? 'right' : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {analyses.map((analysis) => (
            <Row key={analysis.defect_id} analysis={analysis} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Row({ analysis }: { analysis: Analysis }) {
  const { defect_detected: detected } = analysis
  const { vocabulary } = useTexts()
  const formats = useFormats()
  return (
    <Table.Tr className={classes.row}>
      <Table.Td>
        <Thumbnail analysis={analysis} />
      </Table.Td>
      <Table.Td>
        <Link to={`/results/${analysis.defect_id}`} className={classes.link}>
          <FacilityTime iso={analysis.timestamp} facility={analysis.facility} />
        </Link>
        <span className={classes.file}>{analysis.file_name}</span>
      </Table.Td>
      <Table.Td>{analysis.product_sku}</Table.Td>
      <Table.Td>
        <VerdictTag verdict={analysis.verdict} />
      </Table.Td>
      <Table.Td>{detected ? vocabulary.defectTypes[analysis.defect_type] : '–'}</Table.Td>
      <Table.Td>{detected ? <SeverityTag severity={analysis.severity} /> : '–'}</Table.Td>
      <Table.Td ta="right" className={classes.figure}>
        {formats.share(analysis.confidence)}
      </Table.Td>
      <Table.Td>{vocabulary.facilities[analysis.facility]}</Table.Td>
    </Table.Tr>
  )
}
