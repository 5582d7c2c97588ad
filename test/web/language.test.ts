import t from 'tap'
import { formatsOf, startOfDay } from '../../web/src/language/formats.ts'
import { guessLanguage } from '../../web/src/language/languages.ts'

t.test('the first of the reader’s languages that the page speaks', async (t) => {
  const guesses: [string[], string][] = [
    [['zh-CN', 'en'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['zh-SG'], 'zh-Hans'],
    [['zh-HK'], 'zh-Hant'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-Hant-CN'], 'zh-Hant'],
    [['yue'], 'zh-Hant'],
    [['de-DE', 'zh-MO', 'en'], 'zh-Hant'],
    [['en-GB', 'zh-HK'], 'en'],
    [['fr', 'not a tag', ''], 'en'],
    [[], 'en'],
  ]
  for (const [tags, expected] of guesses) t.equal(guessLanguage(tags), expected, tags.join(', '))
})

t.test('a day begins at midnight of its zone', async (t) => {
  const days: [day: string, zone: string, plus: number, expected: string][] = [
    ['2026-11-23', 'Asia/Shanghai', 0, '2026-11-22T16:00:00.000Z'],
    ['2026-11-30', 'Asia/Hong_Kong', 1, '2026-11-30T16:00:00.000Z'],
    ['2026-12-31', 'Asia/Shanghai', 1, '2026-12-31T16:00:00.000Z'],
    // The clocks change on these days, after midnight.
    ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', 1, '2026-10-25T23:00:00.000Z'],
    ['2026-11-01', 'America/New_York', 1, '2026-11-02T05:00:00.000Z'],
  ]
  for (const [day, zone, plus, expected] of days) {
    t.equal(startOfDay(day, zone, plus).toISOString(), expected, `${day} + ${plus}, ${zone}`)
  }
})

t.test('times on the clocks of the plant, its zone named only where ours differs', async (t) => {
  const formats = formatsOf('zh-Hans')
  const at = '2026-11-22T16:05:00.000Z'
  const offset = -new Date(at).getTimezoneOffset()
  t.match(formats.time(at, 'Asia/Shanghai'), /2026年11月23日.*0?0:05/)
  t.equal(formats.time(at, 'Asia/Shanghai').includes('GMT+8'), offset !== 480)
  t.notMatch(formats.time(at, undefined), /GMT|UTC/)
})

t.test('numbers, sizes and lists', async (t) => {
  const formats = formatsOf('zh-Hant')
  t.equal(formats.bytes(1023), '1023 B')
  t.equal(formats.bytes(16 * 1024 * 1024), '16 MB')
  t.equal(formats.bytes(1.5 * 1024 * 1024), '1.5 MB')
  t.equal(formats.share(0.904), '90%')
  t.equal(formats.either(['JPEG', 'PNG', 'WebP']), 'JPEG、PNG 或 WebP')
})
