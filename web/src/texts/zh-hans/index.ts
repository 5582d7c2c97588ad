import type { Messages } from '../en/index.ts'
import { frame } from './frame.ts'
import { history } from './history.ts'
import { inspect } from './inspect.ts'
import { install } from './install.ts'
import { problems } from './problems.ts'
import { result } from './result.ts'
import { session } from './session.ts'
import { shared } from './shared.ts'
import { vocabulary } from './vocabulary.ts'

export const simplifiedChinese: Messages = {
  frame,
  history,
  inspect,
  install,
  problems,
  result,
  session,
  shared,
  vocabulary,
}
