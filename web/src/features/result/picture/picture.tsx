import { useState } from 'react'
import type { Analysis } from '../../../api/types.ts'
import type { Drawing } from '../../../components/drawing.ts'
import { useShortcuts } from '../../../components/shortcuts/use-shortcuts.ts'
import { useTexts } from '../../../language/use-language.ts'
import { Boxes, personBoxes } from './boxes.tsx'
import { DrawLayer } from './draw-layer.tsx'
import { Frame } from './frame.tsx'
import { type Light, LightSliders, NEUTRAL, toFilter } from './light-sliders.tsx'
import classes from './picture.module.css'
import { PrintedPicture } from './printed-picture.tsx'
import { Reference } from './reference.tsx'
import { PictureToolbar } from './toolbar.tsx'
import type { PictureView } from './use-picture-view.ts'

interface PictureProps {
  analysis: Analysis
  picture: PictureView
  active: number | null
  onActive: (number: number | null) => void
  drawing: Drawing | null
  compared: boolean
  onCompare: () => void
  onStale: () => void
}

/** The photo with its boxes and tools; beside it, if wanted, the last good part. */
export function Picture(props: PictureProps) {
  const { analysis, picture, active, onActive, drawing, compared, onCompare, onStale } = props
  const texts = useTexts().result.picture
  const { image_width: width, image_height: height, defects } = analysis
  const [boxesShown, setBoxesShown] = useState(true)
  const [light, setLight] = useState<Light>(NEUTRAL)
  const [lightShown, setLightShown] = useState(false)
  const toggleBoxes = () => setBoxesShown((shown) => !shown)
  useShortcuts({ b: toggleBoxes })

  const boxed = defects.some(({ bounding_box }) => bounding_box !== null) || personBoxes(analysis).length > 0
  const shared = { aspectRatio: width / height, filter: toFilter(light), onToggleBoxes: toggleBoxes }
  return (
    <div className={classes.picture}>
      <PrintedPicture analysis={analysis} />
      <div className={classes.frames} data-compared={compared} data-print="no">
        <figure>
          {compared && <figcaption>{texts.comparison.own}</figcaption>}
          <Frame
            {...shared}
            analysis={analysis}
            picture={picture}
            label={texts.label(analysis.effective.product_sku)}
            onStale={onStale}
          >
            {(view) => (
              <>
                {boxesShown && !drawing && (
                  <Boxes analysis={analysis} view={view} active={active} onActive={onActive} />
                )}
                {drawing && <DrawLayer drawing={drawing} view={view} picture={{ width, height }} />}
              </>
            )}
          </Frame>
        </figure>
        {compared && <Reference {...shared} analysis={analysis} picture={picture} />}
      </div>
      <PictureToolbar
        picture={picture}
        boxes={boxed ? { shown: boxesShown, onToggle: toggleBoxes } : null}
        light={{ shown: lightShown, onToggle: () => setLightShown((shown) => !shown) }}
        comparison={{ shown: compared, onToggle: onCompare }}
      />
      {lightShown && <LightSliders light={light} onChange={setLight} />}
    </div>
  )
}
