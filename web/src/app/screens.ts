/** Every screen is a chunk of its own, found by the first part of its address. */
export const screens = {
  '': () => import('./routes/inspect.tsx'),
  history: () => import('./routes/history.tsx'),
  print: () => import('./routes/print.tsx'),
  review: () => import('./routes/review.tsx'),
  dashboard: () => import('./routes/dashboard.tsx'),
  report: () => import('./routes/report.tsx'),
  results: () => import('./routes/result.tsx'),
  quality: () => import('./routes/quality.tsx'),
  admin: () => import('./routes/admin.tsx'),
}

/** Begins to fetch the screen of an address; the router says what is to be said where that fails. */
export function fetchScreen(path: string): void {
  const name = path.split('/')[1] ?? ''
  const found = Object.entries(screens).find(([known]) => known === name)
  found?.[1]().catch(() => undefined)
}
