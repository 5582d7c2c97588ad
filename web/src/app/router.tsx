import { createBrowserRouter, type ShouldRevalidateFunction } from 'react-router'
import { prefetch, prefetchLoader } from '../api/prefetch.ts'
import { facilitiesQuery } from '../api/queries.ts'
import { adminLoader } from '../features/admin/loader.ts'
import { dashboardLoader } from '../features/dashboard/loader.ts'
import { historyLoader } from '../features/history/loader.ts'
import { inspectLoader } from '../features/inspect/loader.ts'
import { qualityLoader } from '../features/quality/loader.ts'
import { reportLoader } from '../features/report/loader.ts'
import { resultLoader } from '../features/result/loader.ts'
import { reviewLoader } from '../features/review/loader.ts'
import { Layout } from './layout.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { FaultPage, LoadingPage } from './states.tsx'

/** Loaders run when a screen is entered. Filters in the address are for its own hooks: loaders would delay each change by a tick. */
const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname

// Loaders are imported statically, so that the requests start together with the download of the screen's script.
export const router = createBrowserRouter([
  {
    Component: Layout,
    ErrorBoundary: FaultPage,
    HydrateFallback: LoadingPage,
    // Nearly every screen shows a time on a facility's clock; arriving later, it would shift the layout.
    loader: prefetchLoader(() => prefetch(facilitiesQuery)),
    shouldRevalidate: () => false,
    children: [
      { index: true, loader: inspectLoader, lazy: () => import('./routes/inspect.tsx') },
      { path: 'history', loader: historyLoader, lazy: () => import('./routes/history.tsx') },
      { path: 'print', lazy: () => import('./routes/print.tsx') },
      { path: 'review', loader: reviewLoader, lazy: () => import('./routes/review.tsx') },
      { path: 'dashboard', loader: dashboardLoader, lazy: () => import('./routes/dashboard.tsx') },
      { path: 'report', loader: reportLoader, lazy: () => import('./routes/report.tsx') },
      { path: 'results/:defectId', loader: resultLoader, lazy: () => import('./routes/results.tsx') },
      { path: 'quality', loader: qualityLoader, lazy: () => import('./routes/quality.tsx') },
      { path: 'admin/:part?', loader: adminLoader, lazy: () => import('./routes/admin.tsx') },
      { path: '*', Component: NotFoundPage },
    ].map((route) => ({ ...route, shouldRevalidate })),
  },
])
