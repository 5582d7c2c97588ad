/** A screen that must open quickly, and what opening it may cost. A new screen is a new entry. */
export interface Screen {
  name: string
  /** `DEFECT` stands for the id of a result with a defect. */
  path: string
  /** What a person came for; once it is seen, the screen is open. */
  content: string
  /** Of a first visit with an empty cache, pictures and fonts included: requests, and kB over the wire, at most. */
  requests: number
  kilobytes: number
}

/** About a third above what was measured: so that a list read whole, or a library taken along, is seen. */
export const SCREENS: readonly Screen[] = [
  { name: 'Inspect', path: '/', content: 'main input[type=file]', requests: 36, kilobytes: 1150 },
  {
    name: 'History, table',
    path: '/history?view=table',
    content: 'main [data-index] a',
    requests: 54,
    kilobytes: 1350,
  },
  {
    name: 'History, gallery',
    path: '/history?view=gallery',
    content: 'main [data-index] a',
    requests: 108,
    kilobytes: 1750,
  },
  {
    name: 'History, filtered',
    path: '/history?view=table&verdict=ng&type=rust_spot&line=line-1',
    content: 'main [data-index] a',
    requests: 50,
    kilobytes: 1450,
  },
  { name: 'Result', path: '/results/DEFECT', content: 'main article img', requests: 35, kilobytes: 1200 },
  { name: 'Print', path: '/print?ids=DEFECT', content: 'main article svg image', requests: 37, kilobytes: 1200 },
]
