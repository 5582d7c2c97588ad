import { Button } from '@mantine/core'
import { IconReplace } from '@tabler/icons-react'
import type { PhotoFields } from '../../api/types.ts'
import { useTexts } from '../../language/use-language.ts'
import { isWaiting } from './queue/item.ts'
import { photoQueue, useQueue } from './queue/photo-queue.ts'

/** Not set for all that follow. */
const OF_ONE_PHOTO = new Set(['reanalyze', 'test_shot'])

const sameFields = (a: PhotoFields, b: PhotoFields): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (name) => OF_ONE_PHOTO.has(name) || a[name as keyof PhotoFields] === b[name as keyof PhotoFields],
  )

/** Each photo keeps what was set when it was added; here those that still wait get what is set now. */
export function WaitingPhotos({ fields }: { fields: PhotoFields }) {
  const texts = useTexts().inspect
  const { items } = useQueue()
  const others = items.filter((item) => isWaiting(item) && !sameFields(item.fields, fields)).length
  if (others === 0) return null
  return (
    <Button
      variant="light"
      fullWidth
      mt="xs"
      leftSection={<IconReplace size={18} aria-hidden />}
      onClick={() => photoQueue.changeWaiting(fields)}
    >
      {texts.applyToWaiting(others)}
    </Button>
  )
}
