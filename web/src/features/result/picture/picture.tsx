import { VisuallyHidden } from '@mantine/core'
import { IconPhotoOff } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Analysis } from '../../../api/types.ts'
import { useTexts } from '../../../language/use-language.ts'
import { Boxes } from './boxes.tsx'
import { MoveButtons } from './move-buttons.tsx'
import classes from './picture.module.css'
import { PrintedPicture } from './printed-picture.tsx'
import { PictureToolbar } from './toolbar.tsx'
import { useGestures } from './use-gestures.ts'
import type { PictureView } from './use-picture-view.ts'

interface PictureProps {
  analysis: Analysis
  picture: PictureView
  active: number | null
  /** The address no longer works: its signature has a time limit. */
  onStale: () => void
}

/** The upright photo with its boxes, to be zoomed and moved by mouse, fingers, buttons and keys. */
export function Picture({ analysis, picture, active, onStale }: PictureProps) {
  const texts = useTexts().result.picture
  const { view, setFrame, zoomed } = picture
  const { image_url: source, image_width: width, image_height: height, defects } = analysis
  const [boxesShown, setBoxesShown] = useState(true)
  const [broken, setBroken] = useState<string | null>(null)
  const keys = useId()
  const toggleBoxes = () => setBoxesShown((shown) => !shown)
  useGestures(picture, toggleBoxes)

  const boxed = defects.some(({ bounding_box }) => bounding_box !== null)
  return (
    <div className={classes.picture}>
      <PrintedPicture analysis={analysis} />
      <div
        data-print="no"
        ref={setFrame}
        className={classes.frame}
        style={{ aspectRatio: `${width} / ${height}` }}
        data-zoomed={zoomed}
        role="application"
        aria-label={texts.label(analysis.product_sku)}
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
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
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
        {view && boxesShown && broken !== source && <Boxes findings={defects} view={view} active={active} />}
        {zoomed && <MoveButtons onMove={picture.moveBy} />}
      </div>
      <PictureToolbar picture={picture} boxes={boxed ? { shown: boxesShown, onToggle: toggleBoxes } : null} />
    </div>
  )
}
