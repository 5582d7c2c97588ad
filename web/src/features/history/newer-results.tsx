import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { nextNewer } from '../../api/queries.ts'
import type { HistoryFilters } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './result-list.module.css'

interface NewerResultsProps {
  filters: HistoryFilters
  /** The list has what is older than this moment. */
  from: string
  /** Where the list is to begin, so that it has so many more; an empty text: with the newest. */
  onFound: (start: string, count: number) => void
}

/** Before a list that begins with a date: reads on towards the newest. */
export function NewerResults({ filters, from, onFound }: NewerResultsProps) {
  const texts = useTexts().history
  const reading = useMutation({
    mutationFn: () => nextNewer(filters, from),
    onSuccess: ({ analyses, more }) => {
      const newest = analyses.at(-1)
      // Times are in milliseconds here, and finer in the database.
      const start = more && newest ? new Date(Date.parse(newest.timestamp) + 1).toISOString() : ''
      onFound(start, analyses.length)
    },
  })
  return (
    <>
      {reading.isError && <ProblemNote title={texts.failed} error={reading.error} />}
      <Button
        variant="default"
        className={classes.more}
        loading={reading.isPending}
        leftSection={<IconArrowUp size={18} aria-hidden />}
        onClick={() => reading.mutate()}
      >
        {texts.newer}
      </Button>
    </>
  )
}
