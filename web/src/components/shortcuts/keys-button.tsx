import { Button } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import { type ComponentProps, useState } from 'react'
import { useTexts } from '../../language/use-language.ts'
import { lazyPart } from '../lazy-part.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const KeyList = lazyPart('key-list', () => import('./key-list.tsx'))

/** Opens the list of keys, as ? does. */
export function KeysButton({ groups }: Pick<ComponentProps<typeof KeyList>, 'groups'>) {
  const texts = useTexts().shared.shortcuts
  const [opened, setOpened] = useState<boolean | null>(null)
  useShortcuts({ '?': () => setOpened(true) })
  return (
    <>
      <Button
        variant="default"
        mih={44}
        leftSection={<IconKeyboard size={20} aria-hidden />}
        onClick={() => setOpened(true)}
        data-print="no"
      >
        {texts.open}
      </Button>
      {opened !== null && <KeyList opened={opened} groups={groups} onClose={() => setOpened(false)} />}
    </>
  )
}
