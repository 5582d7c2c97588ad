import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { USAGE_DAYS, usageQuery } from '../../api/admin.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useFormats } from '../../language/use-language.ts'
import { useAdminTexts } from './texts.ts'
import { UsageChart } from './usage-chart.tsx'
import { type Period, UsageTable } from './usage-table.tsx'

/** What keys and the whole service have used, against their budgets. */
export function UsagePanel() {
  const { usage: texts, loading } = useAdminTexts()
  const { time } = useFormats()
  const { data, error, refetch } = useQuery(usageQuery)
  const [period, setPeriod] = useState<Period>('today')
  const choice = (
    <SegmentedControl
      aria-label={texts.period}
      value={period}
      onChange={(value) => setPeriod(value === 'today' ? 'today' : 'total')}
      data={[
        { value: 'today', label: texts.today },
        { value: 'total', label: texts.last(USAGE_DAYS) },
      ]}
    />
  )
  return (
    <Panel title={texts.title} aside={choice}>
      <Stack>
        {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={160} role="status" aria-label={loading} />}
        {data && (
          <>
            <Text size="sm" c="dimmed">
              {texts.days(time(data.renewed_at, undefined))} {texts.translations}
            </Text>
            <UsageTable usage={data} period={period} />
            {period === 'total' && <UsageChart usage={data} />}
          </>
        )}
      </Stack>
    </Panel>
  )
}
