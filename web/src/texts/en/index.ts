import { frame } from './frame.ts'
import { history } from './history.ts'
import { inspect } from './inspect.ts'
import { install } from './install.ts'
import { problems } from './problems.ts'
import { result } from './result.ts'
import { session } from './session.ts'
import { shared } from './shared.ts'
import { vocabulary } from './vocabulary.ts'

/** All texts of the page, by feature. */
export const english = { frame, history, inspect, install, problems, result, session, shared, vocabulary }

/** What every other language must have: a missing key fails the type check. */
export type Messages = typeof english
