import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type NewKey, rotateKey } from '../../api/admin.ts'
import type { ApiKey } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { Dialog } from './dialog.tsx'
import { nameOf } from './key-name.ts'
import { useAdminTexts } from './texts.ts'

const HOURS = [0, 1, 24, 72, 168]
const USUAL_HOURS = 24

interface RotateDialogProps {
  apiKey: ApiKey
  onMade: (made: NewKey) => void
  onClose: () => void
}

/** Gives a key a new value, the one before living on for a while, so that cameras can be changed over one by one. */
export function RotateDialog({ apiKey, onMade, onClose }: RotateDialogProps) {
  const admin = useAdminTexts()
  const texts = admin.rotate
  const [hours, setHours] = useState(USUAL_HOURS)
  const rotating = useMutation({ mutationFn: () => rotateKey(apiKey.id, hours), onSuccess: onMade, gcTime: 0 })
  return (
    <Dialog title={texts.title(nameOf(apiKey, admin))} onClose={onClose}>
      <Stack>
        <Text>{texts.text}</Text>
        <NativeSelect
          label={texts.overlap}
          value={hours}
          data={HOURS.map((count) => ({ value: String(count), label: texts.hours(count) }))}
          onChange={(event) => setHours(Number(event.currentTarget.value))}
        />
        {rotating.isError && <ProblemNote title={texts.failed} error={rotating.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {admin.keep}
          </Button>
          <Button loading={rotating.isPending} onClick={() => rotating.mutate()}>
            {texts.submit}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
