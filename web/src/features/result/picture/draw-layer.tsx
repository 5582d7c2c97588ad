import { VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { BoundingBox } from '../../../api/types.ts'
import type { Drawing } from '../../../components/drawing.ts'
import { useTexts } from '../../../language/use-language.ts'
import { placeOf } from './boxes.tsx'
import { boxBetween, cornersOf, type Grip, gripAt, moveBox, nudge } from './draw.ts'
import classes from './draw-layer.module.css'
import type { Point, Size, View } from './view.ts'

interface DrawLayerProps {
  drawing: Drawing
  view: View
  picture: Size
}

const HANDLE = 12

/**
 * Where a person draws the box: drag anew, move it, pull a corner. By keys: arrows move it, with Shift they resize it, with
 * Ctrl by a single pixel.
 */
export function DrawLayer({ drawing, view, picture }: DrawLayerProps) {
  const texts = useTexts().result.picture
  const { box, active, onChange } = drawing
  const [grip, setGrip] = useState<Grip | null>(null)
  /** What a drag shows before it is let go. */
  const [dragged, setDragged] = useState<BoundingBox | null>(null)
  const shown = dragged ?? box
  const place = shown && placeOf(shown, view)

  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: (event.clientX - left - view.x) / view.scale, y: (event.clientY - top - view.y) / view.scale }
  }
  const follow = (event: PointerEvent, held: Grip): BoundingBox => {
    const point = pointOf(event)
    return 'anchor' in held ? boxBetween(held.anchor, point, picture) : moveBox(held.box, held.from, point, picture)
  }
  const press = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const reach = (event.pointerType === 'mouse' ? HANDLE : 2 * HANDLE) / view.scale
    setGrip(gripAt(pointOf(event), box, reach))
  }
  const lift = (event: PointerEvent) => {
    if (!grip) return
    const drawn = follow(event, grip)
    // A click draws nothing.
    if (dragged && drawn.width > 1 && drawn.height > 1) onChange(drawn)
    setGrip(null)
    setDragged(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nudge(event, box, picture)
    if (!next) return
    event.preventDefault()
    onChange(next)
  }
  if (!active)
    return (
      <svg className={classes.layer} aria-hidden>
        {place && <rect className={classes.box} {...place} />}
      </svg>
    )
  return (
    <>
      <svg
        className={classes.layer}
        data-draws
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        aria-label={texts.draw.label}
        aria-description={texts.draw.keys}
        onPointerDown={press}
        onPointerMove={(event) => grip && event.isPrimary && setDragged(follow(event, grip))}
        onPointerUp={lift}
        onPointerCancel={() => {
          setGrip(null)
          setDragged(null)
        }}
        onKeyDown={onKeyDown}
      >
        {place && <rect className={classes.box} {...place} />}
        {shown &&
          cornersOf(shown).map(({ name, x, y }) => (
            <rect
              key={name}
              className={classes.handle}
              data-corner={name}
              x={view.x + x * view.scale - HANDLE / 2}
              y={view.y + y * view.scale - HANDLE / 2}
              width={HANDLE}
              height={HANDLE}
            />
          ))}
      </svg>
      <VisuallyHidden role="status">{box ? texts.draw.at(box.x, box.y, box.width, box.height) : ''}</VisuallyHidden>
    </>
  )
}
