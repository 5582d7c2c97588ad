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
  const [name] = Object.keys(screens).filter((each) => path.split('/')[1] === each) as (keyof typeof screens)[]
  if (name !== undefined) screens[name]().catch(() => undefined)
}
