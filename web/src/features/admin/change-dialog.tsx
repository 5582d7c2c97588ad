import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changeKey } from '../../api/admin.ts'
import type { ApiKey, KeyChange } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { Dialog } from './dialog.tsx'
import { KeyForm } from './key-form.tsx'
import { nameOf } from './key-name.ts'
import { changesOf, valuesOf } from './key-values.ts'
import { useAdminTexts } from './texts.ts'

interface ChangeDialogProps {
  apiKey: ApiKey
  onChanged: () => void
  onClose: () => void
}

/** Changes what a key is for, may do and may use. Its value stays. */
export function ChangeDialog({ apiKey, onChanged, onClose }: ChangeDialogProps) {
  const admin = useAdminTexts()
  const texts = admin.change
  const title = texts.title(nameOf(apiKey, admin))
  // As it was when the form was opened.
  const [before] = useState(() => valuesOf(apiKey))
  const changing = useMutation({
    mutationFn: (change: KeyChange) => changeKey(apiKey.id, change),
    onSuccess: onChanged,
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <KeyForm
        title={title}
        submit={texts.submit}
        initial={before}
        known
        busy={changing.isPending}
        problem={changing.isError && <ProblemNote title={texts.failed} error={changing.error} />}
        onSubmit={(values) => {
          const change = changesOf(before, values)
          if (change) changing.mutate(change)
          else onClose()
        }}
        onCancel={onClose}
      />
    </Dialog>
  )
}
