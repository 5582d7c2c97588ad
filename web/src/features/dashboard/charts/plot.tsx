import type { ReactNode } from 'react'
import { ResponsiveContainer } from 'recharts'
import { usePrinting } from '../../../components/use-printing.ts'

/** Pixels on an A4 page held upright, between its margins; the sheet scales the drawing where the paper is wider. */
const PAPER = { whole: 700, half: 340 }

interface PlotProps {
  /** As wide as the page, or half of it. */
  wide?: boolean
  /** Height on paper, in pixels. */
  paperHeight: number
  children: ReactNode
}

/** Where a chart is drawn: as large as its place on the screen, of a set size on paper, which tells no script how wide it is. */
export function Plot({ wide = false, paperHeight, children }: PlotProps) {
  const size = usePrinting()
    ? { width: wide ? PAPER.whole : PAPER.half, height: paperHeight }
    : ({ width: '100%', height: '100%' } as const)
  return <ResponsiveContainer {...size}>{children}</ResponsiveContainer>
}
