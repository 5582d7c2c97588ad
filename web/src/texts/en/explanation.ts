/** Texts of the form in which a person confirms or rewrites causes and actions. */
export const explanation = {
  title: 'Causes and actions',
  draft: 'Causes and actions are a draft of the analyzer, also where the verdict is confirmed. Check them first.',
  nothing: 'Nobody has written down causes and actions yet.',
  confirm: 'Confirm causes and actions',
  change: 'Change causes and actions',
  write: 'Write causes and actions',
  onePerLine: 'One per line',
  save: 'Save causes and actions',
  cancel: 'Cancel',
  empty: 'Write a cause or an action first.',
  failed: 'Not stored. What you entered is still here.',
  conflict: {
    title: (person: string) => `${person} has confirmed causes and actions meanwhile`,
    hint: 'Yours are not stored, and nothing is overwritten. Look at both, and choose.',
    hintConfirmed: 'What you wanted to confirm has changed: look at it again.',
    theirs: (person: string) => `Stored, by ${person}`,
    mine: 'Yours',
    notStored: 'Not stored',
    keepTheirs: 'Keep theirs',
    sendMine: 'Send mine over theirs',
  },
}
