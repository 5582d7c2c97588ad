import { Skeleton, Stack } from '@mantine/core'
import { texts } from './texts.ts'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f']

export function HistorySkeleton() {
  return (
    <Stack gap="xs" role="status" aria-label={texts.loading}>
      {ROWS.map((row) => (
        <Skeleton key={row} height={62} />
      ))}
    </Stack>
  )
}
