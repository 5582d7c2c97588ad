import { Button } from '@mantine/core'
import { IconCamera, IconChartBarOff, IconUserQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { EmptyState } from '../../components/empty-state.tsx'
import { useQualityTexts } from './texts.ts'

interface NothingProps {
  /** How many results the filters have. */
  analyses: number
  filtered: boolean
  onClear: () => void
  /** How many of them were reviewed. */
  children: ReactNode
}

/** In place of figures of nothing: a system without a photo, filters that leave none, or nobody's word. */
export function Nothing({ analyses, filtered, onClear, children }: NothingProps) {
  const texts = useQualityTexts()
  if (analyses === 0) {
    return filtered ? (
      <EmptyState icon={IconChartBarOff} title={texts.noResult} hint={texts.noResultHint}>
        <Button variant="default" onClick={onClear}>
          {texts.clear}
        </Button>
      </EmptyState>
    ) : (
      <EmptyState icon={IconCamera} title={texts.fresh} hint={texts.freshHint}>
        <Button component={Link} to="/">
          {texts.toInspect}
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconUserQuestion} title={filtered ? texts.nothing : texts.nothingAtAll} hint={texts.nothingHint}>
      {children}
      <Button component={Link} to="/review">
        {texts.toReview}
      </Button>
    </EmptyState>
  )
}
