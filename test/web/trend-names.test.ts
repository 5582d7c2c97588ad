import t from 'tap'
import type { Statistics, TrendPoint } from '../../web/src/api/types.ts'
import { nameOf } from '../../web/src/features/dashboard/charts/trend-names.ts'
import { formatsOf } from '../../web/src/language/formats.ts'

t.test('a point of the trend is named by its shift in the language of the page', async (t) => {
  const point = { day: '2026-11-02', last_day: '2026-11-02', shift: 'night' } as TrendPoint
  const statistics = { bucket: 'shift', time_zone: 'Asia/Shanghai' } as Statistics
  const shiftName = (name: string) => (name === 'night' ? '夜班' : name)
  const words = { formats: formatsOf('zh-Hans'), shiftName }
  t.match(nameOf(point, statistics, words), /11月2日 夜班/)
  t.match(nameOf({ ...point, shift: 'crew-7' }, statistics, words), /crew-7$/)
  t.match(nameOf({ ...point, shift: null }, statistics, words), /–$/)
})
