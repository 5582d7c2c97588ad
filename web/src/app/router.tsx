import { createBrowserRouter } from 'react-router'
import { Layout } from './layout.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { FaultPage, LoadingPage } from './states.tsx'

/** Every screen is a chunk of its own. */
export const router = createBrowserRouter([
  {
    Component: Layout,
    ErrorBoundary: FaultPage,
    HydrateFallback: LoadingPage,
    children: [
      { index: true, lazy: () => import('./routes/inspect.tsx') },
      { path: 'history', lazy: () => import('./routes/history.tsx') },
      { path: 'print', lazy: () => import('./routes/print.tsx') },
      { path: 'review', lazy: () => import('./routes/review.tsx') },
      { path: 'dashboard', lazy: () => import('./routes/dashboard.tsx') },
      { path: 'report', lazy: () => import('./routes/report.tsx') },
      { path: 'results/:defectId', lazy: () => import('./routes/result.tsx') },
      { path: 'quality', lazy: () => import('./routes/quality.tsx') },
      { path: 'admin', lazy: () => import('./routes/admin.tsx') },
      { path: '*', Component: NotFoundPage },
    ],
  },
])
