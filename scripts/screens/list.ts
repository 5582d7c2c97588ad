import type { Page } from 'playwright-core'

export interface Screen {
  name: string
  path: string
  /** There when the screen's content is. */
  content: string
  /** Requests and kilobytes over the wire at most, with an empty cache. Beyond them a slow network would keep people waiting. */
  limit: { requests: number; kilobytes: number }
}

/** Every screen of the page. `defectId` is of a result with a defect. */
export const screens = (defectId: string): Screen[] => [
  { name: 'inspect', path: '/', content: 'main button', limit: { requests: 40, kilobytes: 450 } },
  { name: 'review', path: '/review', content: 'main img', limit: { requests: 50, kilobytes: 900 } },
  { name: 'history', path: '/history?view=table', content: 'main time', limit: { requests: 90, kilobytes: 1100 } },
  { name: 'gallery', path: '/history?view=gallery', content: 'main time', limit: { requests: 90, kilobytes: 1100 } },
  { name: 'dashboard', path: '/dashboard', content: 'main svg', limit: { requests: 45, kilobytes: 650 } },
  { name: 'report', path: '/report', content: 'main h1', limit: { requests: 45, kilobytes: 600 } },
  { name: 'quality', path: '/quality', content: 'main h1', limit: { requests: 45, kilobytes: 500 } },
  { name: 'admin', path: '/admin', content: 'main h1', limit: { requests: 45, kilobytes: 500 } },
  { name: 'result', path: `/results/${defectId}`, content: 'main img', limit: { requests: 45, kilobytes: 800 } },
]

/** The newest critical defect of the demo data. */
export async function aDefect(page: Page, origin: string): Promise<string> {
  const answer = await page.request.get(`${origin}/api/v1/analyses?limit=1&verdict=ng&severity=critical`)
  const { analyses } = (await answer.json()) as { analyses: { defect_id: string }[] }
  const [newest] = analyses
  if (!newest) throw new Error('the demo data have no critical defect')
  return newest.defect_id
}
