import { Button, Skeleton } from '@mantine/core'
import { IconCamera, IconChartBarOff, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { historyCountQuery } from '../../api/queries.ts'
import type { Statistics } from '../../api/types.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useDashboardTexts } from './texts.ts'

interface NothingProps {
  data: Statistics
  onUnits: () => void
  onClear: () => void
}

/** In place of figures of nothing: a system without a photo, filters that leave none, nobody's word, or no number of units. */
export function Nothing({ data: { figures, basis, truth }, onUnits, onClear }: NothingProps) {
  const texts = useDashboardTexts()
  const none = figures.photos === 0
  const everything = useQuery({ ...historyCountQuery({}), enabled: none })
  if (!none && truth === 'human') {
    return (
      <EmptyState icon={IconUserQuestion} title={texts.empty} hint={texts.emptyHuman}>
        <Button component={Link} to="/review">
          {texts.toReview}
        </Button>
      </EmptyState>
    )
  }
  if (!none && basis === 'unit') {
    return (
      <EmptyState icon={IconChartBarOff} title={texts.empty} hint={texts.emptyUnits}>
        <Button onClick={onUnits}>{texts.toUnits}</Button>
      </EmptyState>
    )
  }
  if (everything.isLoading) return <Skeleton height={220} />
  if (everything.data?.count === 0) {
    return (
      <EmptyState icon={IconCamera} title={texts.fresh} hint={texts.freshHint}>
        <Button component={Link} to="/">
          {texts.toInspect}
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconChartBarOff} title={texts.empty} hint={texts.emptyHint}>
      <Button variant="default" onClick={onClear}>
        {texts.clear}
      </Button>
    </EmptyState>
  )
}
