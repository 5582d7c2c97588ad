import { Skeleton, Stack } from '@mantine/core'
import { useTexts } from '../../language/use-language.ts'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

export function HistorySkeleton() {
  const texts = useTexts().history
  return (
    <Stack gap="xs" role="status" aria-label={texts.loading}>
      {ROWS.map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  )
}
