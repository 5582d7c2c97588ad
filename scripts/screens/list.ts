import type { Page } from 'playwright-core'

export interface Screen {
  name: string
  path: string
  /** There when the screen's content is. */
  content: string
  /** Requests and kilobytes over the wire at most, with an empty cache: a third above what 100,000 rows took (November 2026). */
  limit: { requests: number; kilobytes: number }
}

/** Every screen of the page. `defectId` is of a result with a defect. */
export const screens = (defectId: string): Screen[] => [
  { name: 'inspect', path: '/', content: 'main button', limit: { requests: 30, kilobytes: 300 } },
  { name: 'review', path: '/review', content: 'main img', limit: { requests: 40, kilobytes: 600 } },
  { name: 'history', path: '/history?view=table', content: 'main time', limit: { requests: 55, kilobytes: 420 } },
  { name: 'gallery', path: '/history?view=gallery', content: 'main time', limit: { requests: 75, kilobytes: 520 } },
  { name: 'dashboard', path: '/dashboard', content: 'main dd', limit: { requests: 36, kilobytes: 430 } },
  { name: 'report', path: '/report', content: 'main h2', limit: { requests: 32, kilobytes: 280 } },
  { name: 'quality', path: '/quality', content: 'main table', limit: { requests: 36, kilobytes: 300 } },
  { name: 'admin', path: '/admin', content: 'main table', limit: { requests: 34, kilobytes: 300 } },
  { name: 'result', path: `/results/${defectId}`, content: 'main img', limit: { requests: 36, kilobytes: 420 } },
]

/** The newest critical defect of the demo data. */
export async function aDefect(page: Page, origin: string): Promise<string> {
  const answer = await page.request.get(`${origin}/api/v1/analyses?limit=100&verdict=ng&severity=critical`)
  const { analyses } = (await answer.json()) as { analyses: { defect_id: string; language: string }[] }
  const newest = analyses.find(({ language }) => language === 'en')
  if (!newest) throw new Error('The demo data have no critical defect described in English')
  return newest.defect_id
}
