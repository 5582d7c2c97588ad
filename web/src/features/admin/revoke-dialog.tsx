import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { revokeKey } from '../../api/admin.ts'
import type { ApiKey } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { Dialog } from './dialog.tsx'
import { nameOf, shortOf } from './key-name.ts'
import classes from './revoke-dialog.module.css'
import { useAdminTexts } from './texts.ts'

interface RevokeDialogProps {
  apiKey: ApiKey
  onRevoked: () => void
  onClose: () => void
}

/** Ends a key for good, once more asked for by its name. */
export function RevokeDialog({ apiKey, onRevoked, onClose }: RevokeDialogProps) {
  const texts = useAdminTexts()
  const name = nameOf(apiKey, texts)
  const revoking = useMutation({ mutationFn: () => revokeKey(apiKey.id), onSuccess: onRevoked })
  return (
    <Dialog title={texts.revoke.title(name)} onClose={onClose}>
      <Stack>
        <Text>{texts.revoke.text(shortOf(apiKey, texts))}</Text>
        {revoking.isError && <ProblemNote title={texts.revoke.failed} error={revoking.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.keep}
          </Button>
          <Button className={classes.end} loading={revoking.isPending} onClick={() => revoking.mutate()}>
            {texts.revoke.submit(name)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
