/** Every screen is a chunk of its own, named by the first part of its address; ../../preload.ts lists their files by these file names. */
export const screens = {
  '': () => import('./routes/inspect.tsx'),
  history: () => import('./routes/history.tsx'),
  print: () => import('./routes/print.tsx'),
  review: () => import('./routes/review.tsx'),
  dashboard: () => import('./routes/dashboard.tsx'),
  report: () => import('./routes/report.tsx'),
  results: () => import('./routes/results.tsx'),
  quality: () => import('./routes/quality.tsx'),
  admin: () => import('./routes/admin.tsx'),
}
