import { Skeleton, VisuallyHidden } from '@mantine/core'
import chart from './charts/chart-panel.module.css'
import charts from './charts.module.css'
import classes from './dashboard-page.module.css'
import kpis from './kpi-row.module.css'
import { useDashboardTexts } from './texts.ts'

const TILES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const CHARTS = ['a', 'b', 'c', 'd']

/** Holds the place of the figures, so that nothing jumps when they come. */
export function DashboardSkeleton() {
  const texts = useDashboardTexts()
  return (
    <div className={classes.figures} aria-busy>
      <VisuallyHidden role="status">{texts.loading}</VisuallyHidden>
      <Skeleton height={44} />
      <div className={kpis.row}>
        {TILES.map((tile) => (
          <Skeleton key={tile} height={128} />
        ))}
      </div>
      <div className={charts.grid}>
        <div className={chart.frame} data-wide="true">
          <Skeleton height={560} />
        </div>
        {CHARTS.map((each) => (
          <Skeleton key={each} height={470} />
        ))}
      </div>
    </div>
  )
}
