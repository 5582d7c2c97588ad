/** What is exported comes back whole from a reader that is not ours: Python's csv module. */
import { execFileSync } from 'node:child_process'
import t from 'tap'
import { analyses } from '../../drizzle/schema.ts'
import { photo, photoForm } from '../../fixtures/photos.ts'
import { resultOf, rust, scriptedAnalyzer } from '../support/analyzers.ts'
import { startService } from '../support/service.ts'

const READER = `
import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8')
json.dump([text[:1], list(csv.reader(io.StringIO(text[1:], newline='')))], sys.stdout)`

/** The byte order mark, and the records. */
function read(csv: Buffer): [string, string[][]] {
  return JSON.parse(execFileSync('python3', ['-c', READER], { input: csv, maxBuffer: 64 * 1024 * 1024 }).toString())
}

const service = await startService({}, { analyzer: scriptedAnalyzer(() => resultOf([rust])) })
t.teardown(() => service.close())

const TEXTS = [
  'plain, with a comma',
  'two\nlines',
  'two\r\nlines',
  'carriage\rreturn',
  'torn\n=HYPERLINK("http://evil.example")',
  '"quoted" and a; semicolon',
  '刀刃有锈斑，需要返工',
  '',
]
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)', '\t=1', '\r=1', '\n=1']

t.test('every text comes back as one cell, formulas with an apostrophe', async (t) => {
  const texts = [...TEXTS, ...FORMULAS]
  await fetch(`${service.url}/api/v1/analyze`, { method: 'POST', body: photoForm(await photo()) })
  const [row] = await service.database.db.select().from(analyses)
  if (!row) throw new Error('no row')
  await service.database.db.delete(analyses)
  const { searchText, id, ...rest } = row
  await service.database.db.insert(analyses).values(
    texts.map((text, i) => ({
      ...rest,
      defectId: `DEF-20261101-0000${(0x1000 + i).toString(16).toUpperCase()}`,
      timestamp: new Date(Date.UTC(2026, 10, 1, 0, i)),
      rootCause: text,
      description: text,
      operator: text.slice(0, 100),
    })),
  )
  const guarded = (text: string) => (FORMULAS.includes(text) ? `'${text}` : text)

  const history = await fetch(`${service.url}/api/v1/analyses.csv`)
  const [mark, [head = [], ...records]] = read(Buffer.from(await history.arrayBuffer()))
  t.equal(mark, '\uFEFF', 'Excel sees Chinese')
  t.equal(records.length, texts.length)
  t.ok(records.every(({ length }) => length === head.length))
  for (const name of ['root_cause', 'description', 'operator']) {
    const column = head.indexOf(name)
    t.strictSame(records.map((cells) => cells[column]).toReversed(), texts.map(guarded), name)
  }

  const query = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z'
  const report = await fetch(`${service.url}/api/v1/shift-report.csv?${query}`)
  const [, all] = read(Buffer.from(await report.arrayBuffer()))
  const start = all.findIndex(([name]) => name === 'defect_id')
  const details = all.slice(start + 1)
  t.equal(details.length, texts.length)
  const cause = all[start]?.indexOf('root_cause') ?? -1
  t.strictSame(
    details.map((cells) => cells[cause]),
    texts.map(guarded),
  )
})
