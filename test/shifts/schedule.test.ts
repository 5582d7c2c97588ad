/** What a shift is, counted on clocks: over midnight, over a change of hours, over a change of the clocks. */
import t from 'tap'
import { checkedShifts } from '../../api/features/shifts/check.ts'
import { DEFAULT_SHIFTS, type Hours, scheduleOf } from '../../api/features/shifts/schedule.ts'

const DEFAULTS: Hours = { fromDay: '', shifts: DEFAULT_SHIFTS }
const at = (time: string) => new Date(time)
const shown = ({ day, name, from, to }: { day: string; name: string; from: Date; to: Date }) =>
  `${name} of ${day}: ${from.toISOString()} to ${to.toISOString()}`

t.test('the night shift of 27 November runs from 20:00 to 08:00 and belongs to the 27th', async (t) => {
  const plant = scheduleOf('Asia/Shanghai', [DEFAULTS])
  t.strictSame(plant.shiftsOf('2026-11-27').map(shown), [
    'day of 2026-11-27: 2026-11-27T00:00:00.000Z to 2026-11-27T12:00:00.000Z',
    'night of 2026-11-27: 2026-11-27T12:00:00.000Z to 2026-11-28T00:00:00.000Z',
  ])
  const twoAtNight = at('2026-11-28T02:00:00+08:00')
  t.match(plant.shiftAt(twoAtNight), { day: '2026-11-27', name: 'night' })
  t.equal(plant.dayOf(twoAtNight), '2026-11-27')
  t.match(plant.shiftAt(at('2026-11-28T08:00:00+08:00')), { day: '2026-11-28', name: 'day' }, 'the end is exclusive')
  t.match(plant.lastFinished(twoAtNight), { day: '2026-11-27', name: 'day' })
  t.match(plant.lastFinished(at('2026-11-28T08:00:00+08:00')), { day: '2026-11-27', name: 'night' })
  t.match(plant.lastFinished(twoAtNight, 'night'), { day: '2026-11-26', name: 'night' })
  t.same(plant.borderOf(at('2026-11-27T00:00:00+08:00')), at('2026-11-27T08:00:00+08:00'), 'midnight means the day')
  t.same(plant.borderOf(at('2026-11-27T00:30:00+08:00')), at('2026-11-27T00:30:00+08:00'))
})

t.test('the night shift of a clock change has 11 or 13 hours', async (t) => {
  const berlin = scheduleOf('Europe/Berlin', [DEFAULTS])
  const hours = (day: string) => {
    const night = berlin.shiftsOf(day).find(({ name }) => name === 'night')
    if (!night) throw new Error('no night')
    t.match(berlin.shiftAt(new Date(night.from.getTime() + 7 * 3_600_000)), { day, name: 'night' })
    t.same(berlin.startOf(day < '2026-06' ? '2026-03-29' : '2026-10-25'), night.to)
    return (night.to.getTime() - night.from.getTime()) / 3_600_000
  }
  t.equal(hours('2026-03-28'), 11)
  t.equal(hours('2026-10-24'), 13)
  t.same(berlin.daysBetween(at('2026-10-24T08:00:00+02:00'), at('2026-10-26T08:00:00+01:00')), [
    '2026-10-24',
    '2026-10-25',
  ])
})

t.test('a change of hours keeps earlier shifts; the first new shift cuts off the last old one', async (t) => {
  const three = [
    { name: 'early', start: 360, end: 840 },
    { name: 'late', start: 840, end: 1320 },
    { name: 'night', start: 1320, end: 360 },
  ]
  const plant = scheduleOf('Asia/Shanghai', [{ fromDay: '2026-11-27', shifts: three }, DEFAULTS])
  t.strictSame(plant.shiftsOf('2026-11-26').map(shown), [
    'day of 2026-11-26: 2026-11-26T00:00:00.000Z to 2026-11-26T12:00:00.000Z',
    'night of 2026-11-26: 2026-11-26T12:00:00.000Z to 2026-11-26T22:00:00.000Z',
  ])
  t.same(
    plant.shiftsOf('2026-11-27').map(({ name }) => name),
    ['early', 'late', 'night'],
  )
  t.same(plant.namesSince(at('2026-11-28T12:00:00+08:00')), ['early', 'late', 'night'])
  t.same(plant.namesSince(at('2026-11-20T12:00:00+08:00')), ['early', 'late', 'night', 'day'])
})

t.test('hours between shifts belong to no shift and to their calendar date', async (t) => {
  const office = scheduleOf('Asia/Hong_Kong', [{ fromDay: '', shifts: [{ name: 'day', start: 540, end: 1080 }] }])
  const night = at('2026-11-28T02:00:00+08:00')
  t.equal(office.shiftAt(night), undefined)
  t.equal(office.dayOf(night), '2026-11-28')
  t.same(office.startOf('2026-11-28'), at('2026-11-28T00:00:00+08:00'))
  const round = scheduleOf('Asia/Hong_Kong', [{ fromDay: '', shifts: [{ name: 'all', start: 360, end: 360 }] }])
  t.match(round.shiftAt(night), { day: '2026-11-27', name: 'all' }, '24 hours')
})

t.test('refuses overlapping hours and repeated names, and says what to change', async (t) => {
  const shift = (name: string, start: string, end: string) => ({ name, start, end })
  t.same(checkedShifts([shift(' night ', '20:00', '08:00'), shift('day', '08:00', '20:00')]), DEFAULT_SHIFTS)
  t.equal(checkedShifts([shift('all', '06:00', '06:00')]).length, 1)
  const bad: [Parameters<typeof checkedShifts>[0], RegExp][] = [
    [[shift('a', '08:00', '16:00'), shift('b', '15:59', '20:00')], /a \(08:00 to 16:00\) has not ended when b \(15:59/],
    [[shift('a', '08:00', '20:00'), shift('b', '20:00', '08:01')], /b \(20:00 to 08:01\) has not ended when a \(08:00/],
    [[shift('a', '08:00', '08:00'), shift('b', '20:00', '21:00')], /must not overlap/],
    [[shift('a', '08:00', '10:00'), shift('b', '08:00', '09:00')], /must not overlap/],
    [[shift('Night', '08:00', '10:00'), shift('night', '12:00', '13:00')], /Night is used twice/],
    [[shift(' ', '08:00', '10:00')], /must each have a name/],
  ]
  for (const [shifts, message] of bad) t.throws(() => checkedShifts(shifts), { message })
})
