import { Button } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { useState } from 'react'
import type { Analysis } from '../../api/types.ts'
import { lazyPart } from '../../components/lazy-part.tsx'
import { useTexts } from '../../language/use-language.ts'
import { toolOf } from './tool.tsx'

const DetailsDrawer = lazyPart('details-drawer', () => import('./details-drawer.tsx'))

/** Opens the details; what they are drawn with is loaded then. */
export function DetailsButton({ analysis }: { analysis: Analysis }) {
  const texts = useTexts().result
  const [opened, setOpened] = useState<boolean | null>(null)
  return (
    <>
      <Button onClick={() => setOpened(true)} {...toolOf(IconListDetails, texts.details.title)}>
        {texts.details.title}
      </Button>
      {opened !== null && <DetailsDrawer analysis={analysis} opened={opened} onClose={() => setOpened(false)} />}
    </>
  )
}
