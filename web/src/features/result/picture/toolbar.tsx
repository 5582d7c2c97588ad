import { ActionIcon, Button, Text } from '@mantine/core'
import { IconMinus, IconPlus, IconSquare, IconSquareOff } from '@tabler/icons-react'
import { formatShare } from '../../../components/format.ts'
import { texts } from '../texts.ts'
import classes from './picture.module.css'
import type { PictureView } from './use-picture-view.ts'

interface PictureToolbarProps {
  picture: PictureView
  /** Null where there is no box. */
  boxes: { shown: boolean; onToggle: () => void } | null
}

export function PictureToolbar({ picture, boxes }: PictureToolbarProps) {
  const { zoomIn, zoomOut, fit, full, zoomed, smallest, view } = picture
  const BoxIcon = boxes?.shown ? IconSquare : IconSquareOff
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={texts.picture.tools}>
      <ActionIcon variant="default" size={40} aria-label={texts.picture.zoomOut} onClick={zoomOut} disabled={smallest}>
        <IconMinus size={20} aria-hidden />
      </ActionIcon>
      <output className={classes.zoom} aria-label={texts.picture.zoom}>
        {view && formatShare(view.scale)}
      </output>
      <ActionIcon variant="default" size={40} aria-label={texts.picture.zoomIn} onClick={zoomIn}>
        <IconPlus size={20} aria-hidden />
      </ActionIcon>
      <Button variant="default" h={40} onClick={fit} aria-pressed={!zoomed}>
        {texts.picture.fit}
      </Button>
      <Button variant="default" h={40} onClick={full}>
        {texts.picture.full}
      </Button>
      {boxes && (
        <Button
          variant="default"
          h={40}
          leftSection={<BoxIcon size={18} aria-hidden />}
          aria-pressed={boxes.shown}
          onClick={boxes.onToggle}
        >
          {texts.picture.boxes}
        </Button>
      )}
      <Text size="xs" c="dimmed" className={classes.hint}>
        {texts.picture.hint}
      </Text>
    </div>
  )
}
