import { VisuallyHidden } from '@mantine/core'
import { IconPhotoOff } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import type { Analysis } from '../../../api/types.ts'
import { useTexts } from '../../../language/use-language.ts'
import { MoveButtons } from './move-buttons.tsx'
import classes from './picture.module.css'
import { useGestures } from './use-gestures.ts'
import type { PictureView } from './use-picture-view.ts'
import type { View } from './view.ts'

interface FrameProps {
  analysis: Analysis
  picture: PictureView
  label: string
  /** Width by height; two frames side by side have the same. */
  aspectRatio: number
  filter?: string | undefined
  onToggleBoxes: () => void
  /** The address no longer works: its signature has a time limit. */
  onStale: () => void
  /** What stands over the picture. */
  children?: (view: View) => ReactNode
}

/** An upright photo, to be zoomed and moved by mouse, fingers, buttons and keys. */
export function Frame({ analysis, picture, label, aspectRatio, filter, onToggleBoxes, onStale, children }: FrameProps) {
  const texts = useTexts().result.picture
  const { view, setFrame, zoomed } = picture
  const { image_url: source, image_width: width, image_height: height } = analysis
  const [broken, setBroken] = useState<string | null>(null)
  const keys = useId()
  useGestures(picture, onToggleBoxes)
  return (
    <div
      ref={setFrame}
      className={classes.frame}
      style={{ aspectRatio }}
      data-frame
      data-zoomed={zoomed}
      role="application"
      aria-label={label}
      aria-describedby={keys}
    >
      <VisuallyHidden id={keys}>{texts.keys}</VisuallyHidden>
      {view && broken !== source && (
        <img
          key={source}
          src={source}
          alt=""
          draggable={false}
          width={width}
          height={height}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`, filter }}
          onError={() => {
            setBroken(source)
            onStale()
          }}
        />
      )}
      {broken === source && (
        <p className={classes.broken} role="status">
          <IconPhotoOff size={32} aria-hidden />
          {texts.unavailable}
        </p>
      )}
      {view && broken !== source && children?.(view)}
      {zoomed && <MoveButtons onMove={picture.moveBy} />}
    </div>
  )
}
