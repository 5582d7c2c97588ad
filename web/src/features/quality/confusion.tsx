import { Table, Text } from '@mantine/core'
import type { DefectType, Quality } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { useQualityTexts } from './texts.ts'
import classes from './type-table.module.css'

const MOST = 12

/** What the model takes for what: the most frequent disagreements. */
export function Confusion({ quality }: { quality: Quality }) {
  const all = useQualityTexts()
  const { vocabulary } = useTexts()
  const texts = all.confusion
  const { number } = useFormats()
  const pairs = quality.confusion.filter(({ model, person }) => model !== person).slice(0, MOST)
  const nameOf = (type: DefectType | null) => (type ? vocabulary.defectTypes[type] : texts.noDefect)
  return (
    <Panel title={texts.title}>
      {pairs.length === 0 && <Text c="dimmed">{texts.none}</Text>}
      {pairs.length > 0 && (
        <Table className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {[texts.columns.model, texts.columns.person, texts.columns.count].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pairs.map(({ model, person, count }) => (
              <Table.Tr key={`${model} ${person}`}>
                <Table.Td>{nameOf(model)}</Table.Td>
                <Table.Td>{nameOf(person)}</Table.Td>
                <Table.Td>{number(count)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}
