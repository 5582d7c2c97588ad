import { createBrowserRouter } from 'react-router'
import { Layout } from './layout.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { screens } from './screens.ts'
import { FaultPage, LoadingPage } from './states.tsx'

export const router = createBrowserRouter([
  {
    Component: Layout,
    ErrorBoundary: FaultPage,
    HydrateFallback: LoadingPage,
    children: [
      { index: true, lazy: screens[''] },
      { path: 'history', lazy: screens.history },
      { path: 'print', lazy: screens.print },
      { path: 'review', lazy: screens.review },
      { path: 'dashboard', lazy: screens.dashboard },
      { path: 'report', lazy: screens.report },
      { path: 'results/:defectId', lazy: screens.results },
      { path: 'quality', lazy: screens.quality },
      { path: 'admin/:part?', lazy: screens.admin },
      { path: '*', Component: NotFoundPage },
    ],
  },
])
