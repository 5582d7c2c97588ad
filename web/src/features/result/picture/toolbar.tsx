import { ActionIcon, Button, Text } from '@mantine/core'
import { IconColumns2, IconContrast, IconMinus, IconPlus, IconSquare, IconSquareOff } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import classes from './picture.module.css'
import type { PictureView } from './use-picture-view.ts'

interface PictureToolbarProps {
  picture: PictureView
  /** Null where there is no box. */
  boxes: Switch | null
  light: Switch
  comparison: Switch
}

interface Switch {
  shown: boolean
  onToggle: () => void
}

export function PictureToolbar({ picture, boxes, light, comparison }: PictureToolbarProps) {
  const texts = useTexts().result.picture
  const formats = useFormats()
  const { zoomIn, zoomOut, fit, full, zoomed, smallest, view } = picture
  const BoxIcon = boxes?.shown ? IconSquare : IconSquareOff
  return (
    <div className={classes.toolbar} role="toolbar" data-print="no" aria-label={texts.tools}>
      <ActionIcon variant="default" size={44} aria-label={texts.zoomOut} onClick={zoomOut} disabled={smallest}>
        <IconMinus size={20} aria-hidden />
      </ActionIcon>
      <output className={classes.zoom} aria-label={texts.zoom}>
        {view && formats.share(view.scale)}
      </output>
      <ActionIcon variant="default" size={44} aria-label={texts.zoomIn} onClick={zoomIn}>
        <IconPlus size={20} aria-hidden />
      </ActionIcon>
      <Button variant="default" h={44} onClick={fit} aria-pressed={!zoomed}>
        {texts.fit}
      </Button>
      <Button variant="default" h={44} onClick={full}>
        {texts.full}
      </Button>
      {boxes && (
        <Button
          variant="default"
          h={44}
          leftSection={<BoxIcon size={18} aria-hidden />}
          aria-pressed={boxes.shown}
          aria-keyshortcuts="B"
          onClick={boxes.onToggle}
        >
          {texts.boxes}
        </Button>
      )}
      <Button
        variant="default"
        h={44}
        leftSection={<IconContrast size={18} aria-hidden />}
        aria-expanded={light.shown}
        onClick={light.onToggle}
      >
        {texts.light.open}
      </Button>
      <Button
        variant="default"
        h={44}
        leftSection={<IconColumns2 size={18} aria-hidden />}
        aria-pressed={comparison.shown}
        onClick={comparison.onToggle}
      >
        {texts.comparison.open}
      </Button>
      <Text size="xs" c="dimmed" className={classes.hint}>
        {texts.hint}
      </Text>
    </div>
  )
}
