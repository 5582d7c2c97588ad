import { readFile } from 'node:fs/promises'
import t from 'tap'
import { diagramFile, diagrams } from '../../scripts/diagram.ts'

const drawn = diagrams()

t.test('the diagram in docs is the one that the code draws (node scripts/diagram.ts)', async (t) => {
  t.equal(await readFile(diagramFile, 'utf8'), drawn)
})

t.test('it shows the chain of the security groups', async (t) => {
  const [, prod = '', staging = ''] = drawn.split('```mermaid')
  for (const arrow of ['internet -->|443| load_balancer', 'load_balancer -->|5001| task', 'task -->|5432| database']) {
    t.ok(prod.includes(arrow), arrow)
  }
  t.notMatch(prod, /(internet|cloudfront) -->\|\d+\| (task|database|cache)/)
  t.match(staging, /cloudfront -->\|\d+\| load_balancer/)
  t.notMatch(staging, /internet -->\|\d+\| load_balancer/)
})
