import { KeysButton } from '../../components/shortcuts/keys-button.tsx'
import { useKeyGroups } from './key-groups.ts'

/** The list of keys of a result on a page of its own. */
export function ReviewKeys() {
  return <KeysButton groups={useKeyGroups(false)} />
}
