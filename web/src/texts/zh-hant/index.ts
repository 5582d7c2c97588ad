import type { Messages } from '../en/index.ts'
import { frame } from './frame.ts'
import { history } from './history.ts'
import { inspect } from './inspect.ts'
import { problems } from './problems.ts'
import { result } from './result.ts'
import { session } from './session.ts'
import { shared } from './shared.ts'
import { translation } from './translation.ts'
import { vocabulary } from './vocabulary.ts'

export const traditionalChinese: Messages = {
  frame,
  history,
  inspect,
  problems,
  result,
  session,
  shared,
  translation,
  vocabulary,
}
