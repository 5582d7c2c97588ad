import { Button, Group, Skeleton, Stack, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { toProblem } from '../../api/problem.ts'
import { analysisQuery, facilitiesQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useTexts } from '../../language/use-language.ts'

interface ResultPageProps {
  /** Stands beside the way back. */
  tools: ReactNode
  renderVerdict: (analysis: Analysis) => ReactNode
}

/** A result by its address, to be linked to. */
export function ResultPage({ tools, renderVerdict }: ResultPageProps) {
  const { defectId = '' } = useParams()
  const texts = useTexts().result
  useTitle(texts.title(defectId))
  const { data, error, refetch } = useQuery(analysisQuery(defectId))
  // Times stand in the first lines: without them everything below would move once more.
  const { isPending: withoutTimes } = useQuery(facilitiesQuery)
  return (
    <Stack gap="sm">
      <Group justify="space-between" data-print="no">
        <Button
          component={Link}
          to="/history"
          variant="subtle"
          px="xs"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
        >
          {texts.toHistory}
        </Button>
        {tools}
      </Group>
      {data && !withoutTimes && renderVerdict(data)}
      {(data ? withoutTimes : !error) && (
        <Stack role="status" aria-label={texts.loading}>
          <Skeleton height={56} width="min(100%, 26rem)" />
          <Skeleton height="min(60vh, 30rem)" />
        </Stack>
      )}
      {!data && error && (
        <>
          <Title order={1} size="h2">
            {toProblem(error).status === 404 ? texts.notFound : texts.failed}
          </Title>
          <ProblemNote title={defectId} error={error} onRetry={() => void refetch()} />
        </>
      )}
    </Stack>
  )
}
