import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { describeFormats, EXAMPLES, PICTURES } from '../../scripts/picture-formats.ts'

const skip = existsSync(EXAMPLES) ? false : 'shared/images is not here'

t.test(
  'docs/pictures.md is up to date on unusual pictures; run node scripts/picture-formats.ts (U13)',
  { skip },
  async (t) => {
    t.equal(readFileSync(PICTURES, 'utf8'), await describeFormats())
  },
)
