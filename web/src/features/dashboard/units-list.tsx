import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { InspectedUnits } from '../../api/types.ts'
import { useShiftName } from '../../components/use-shift-name.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { useDashboardTexts } from './texts.ts'
import classes from './units-list.module.css'

interface UnitsListProps {
  rows: readonly InspectedUnits[]
  onCorrect: (row: InspectedUnits) => void
  onRemove: (row: InspectedUnits) => void
}

const keyOf = ({ facility, day, shift, line_id, product_sku }: InspectedUnits) =>
  [facility, day, shift, line_id, product_sku].join('|')

/** The numbers that people entered, each with who did, to correct or remove. */
export function UnitsList({ rows, onCorrect, onRemove }: UnitsListProps) {
  const dashboard = useDashboardTexts()
  const { figures, vocabulary } = useTexts()
  const texts = dashboard.units
  const formats = useFormats()
  const shiftName = useShiftName()
  const [removing, setRemoving] = useState<string | null>(null)
  if (rows.length === 0) return <Text size="sm">{texts.nothing}</Text>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be so by keys, too.
    <section className={classes.frame} aria-label={texts.entered} tabIndex={0}>
      <Table verticalSpacing={4} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {[texts.day, texts.facility, texts.product, figures.shift, figures.line].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col" ta="right">
              {texts.count}
            </Table.Th>
            <Table.Th scope="col">{texts.by}</Table.Th>
            <Table.Th scope="col">
              <VisuallyHidden>{`${texts.correct} / ${texts.remove}`}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              <Table.Td className={classes.whole}>{formats.date(row.day)}</Table.Td>
              <Table.Td>{vocabulary.facilities[row.facility]}</Table.Td>
              <Table.Td className={classes.whole}>{row.product_sku}</Table.Td>
              <Table.Td>{row.shift ? shiftName(row.shift) : texts.all}</Table.Td>
              <Table.Td>{row.line_id || texts.all}</Table.Td>
              <Table.Td ta="right" className={classes.figure}>
                {formats.number(row.units)}
              </Table.Td>
              <Table.Td>{row.person}</Table.Td>
              <Table.Td>
                {removing === keyOf(row) ? (
                  <Group gap="xs" wrap="nowrap">
                    <Button
                      size="compact-sm"
                      color="red.9"
                      autoFocus
                      onClick={() => {
                        setRemoving(null)
                        onRemove(row)
                      }}
                    >
                      {texts.reallyRemove}
                    </Button>
                    <Button size="compact-sm" variant="default" onClick={() => setRemoving(null)}>
                      {texts.keep}
                    </Button>
                  </Group>
                ) : (
                  <Group gap="xs" wrap="nowrap">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={texts.correctOne(row.product_sku, row.day)}
                      onClick={() => onCorrect(row)}
                    >
                      {texts.correct}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      aria-label={texts.removeOne(row.product_sku, row.day)}
                      onClick={() => setRemoving(keyOf(row))}
                    >
                      {texts.remove}
                    </Button>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
