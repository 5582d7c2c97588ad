import { useMutation } from '@tanstack/react-query'
import { createKey, type NewKey } from '../../api/admin.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { KeyForm } from './key-form.tsx'
import { NEW_KEY, settingsOf } from './key-values.ts'
import { useAdminTexts } from './texts.ts'

interface NewKeyFormProps {
  onMade: (made: NewKey) => void
  onCancel: () => void
}

export function NewKeyForm({ onMade, onCancel }: NewKeyFormProps) {
  const { form: texts } = useAdminTexts()
  const creating = useMutation({ mutationFn: createKey, onSuccess: onMade, gcTime: 0 })
  return (
    <KeyForm
      title={texts.title}
      submit={texts.submit}
      initial={NEW_KEY}
      known={false}
      busy={creating.isPending}
      problem={creating.isError && <ProblemNote title={texts.failed} error={creating.error} />}
      onSubmit={(values) => creating.mutate(settingsOf(values))}
      onCancel={onCancel}
    />
  )
}
