import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { describeFormats, EXAMPLES, PICTURES } from '../../scripts/picture-formats.ts'

const skip = existsSync(EXAMPLES) ? false : 'shared/images is not here'

t.test(
  'U13 docs/pictures.md says what becomes of unusual pictures (node scripts/picture-formats.ts)',
  { skip },
  async (t) => {
    t.equal(readFileSync(PICTURES, 'utf8'), await describeFormats())
  },
)
