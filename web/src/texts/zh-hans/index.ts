import type { Messages } from '../en/index.ts'
import { figures } from './figures.ts'
import { frame } from './frame.ts'
import { history } from './history.ts'
import { inspect } from './inspect.ts'
import { install } from './install.ts'
import { print } from './print.ts'
import { problems } from './problems.ts'
import { result } from './result.ts'
import { session } from './session.ts'
import { shared } from './shared.ts'
import { translation } from './translation.ts'
import { vocabulary } from './vocabulary.ts'

export const simplifiedChinese: Messages = {
  figures,
  frame,
  history,
  inspect,
  install,
  print,
  problems,
  result,
  session,
  shared,
  translation,
  vocabulary,
}
