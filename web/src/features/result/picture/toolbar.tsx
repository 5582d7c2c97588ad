import { ActionIcon, Button, Text } from '@mantine/core'
import { IconMinus, IconPlus, IconSquare, IconSquareOff } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import classes from './picture.module.css'
import type { PictureView } from './use-picture-view.ts'

interface PictureToolbarProps {
  picture: PictureView
  /** Null where there is no box. */
  boxes: { shown: boolean; onToggle: () => void } | null
}

export function PictureToolbar({ picture, boxes }: PictureToolbarProps) {
  const texts = useTexts().result.picture
  const formats = useFormats()
  const { zoomIn, zoomOut, fit, full, zoomed, smallest, view } = picture
  const BoxIcon = boxes?.shown ? IconSquare : IconSquareOff
  return (
    <div className={classes.toolbar} role="toolbar" data-print="no" aria-label={texts.tools}>
      <ActionIcon variant="default" size={40} aria-label={texts.zoomOut} onClick={zoomOut} disabled={smallest}>
        <IconMinus size={20} aria-hidden />
      </ActionIcon>
      <output className={classes.zoom} aria-label={texts.zoom}>
        {view && formats.share(view.scale)}
      </output>
      <ActionIcon variant="default" size={40} aria-label={texts.zoomIn} onClick={zoomIn}>
        <IconPlus size={20} aria-hidden />
      </ActionIcon>
      <Button variant="default" h={40} onClick={fit} aria-pressed={!zoomed}>
        {texts.fit}
      </Button>
      <Button variant="default" h={40} onClick={full}>
        {texts.full}
      </Button>
      {boxes && (
        <Button
          variant="default"
          h={40}
          leftSection={<BoxIcon size={18} aria-hidden />}
          aria-pressed={boxes.shown}
          onClick={boxes.onToggle}
        >
          {texts.boxes}
        </Button>
      )}
      <Text size="xs" c="dimmed" className={classes.hint}>
        {texts.hint}
      </Text>
    </div>
  )
}
