import { VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useState } from 'react'
import type { BoundingBox } from '../../../api/types.ts'
import type { Drawing } from '../../../components/drawing.ts'
import { shortcutSetting } from '../../../components/shortcuts/setting.ts'
import { isWanted } from '../../../components/shortcuts/use-shortcuts.ts'
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
const PLATE = 22
/** Handles of a box that is smaller stand beside it, so that they do not hide it. In pixels of the frame. */
const SMALL = 4 * HANDLE
/** Half of a finger. */
const TOUCH_REACH = 22
/** Less is a tap, and draws nothing. In pixels of the frame. */
const LEAST_DRAG = 4

/**
 * Where a person draws the boxes: drag a new one, move the chosen one, pull a corner; a tap chooses another. By keys: arrows move
 * the chosen box, with Shift they resize it, with Ctrl by a single pixel.
 */
export function DrawLayer({ drawing, view, picture }: DrawLayerProps) {
  const texts = useTexts().result.picture
  const { boxes, chosen, active, keys, onChange, onDraw, onChoose } = drawing
  const [grip, setGrip] = useState<Grip | null>(null)
  /** What a drag shows before it is let go. */
  const [dragged, setDragged] = useState<BoundingBox | null>(null)
  const current = boxes.find(({ number }) => number === chosen)?.box ?? null

  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: (event.clientX - left - view.x) / view.scale, y: (event.clientY - top - view.y) / view.scale }
  }
  const follow = (event: PointerEvent, held: Grip): BoundingBox => {
    const point = pointOf(event)
    return held.holds === 'box' ? moveBox(held.box, held.from, point, picture) : boxBetween(held.anchor, point, picture)
  }
  const drop = () => {
    setGrip(null)
    setDragged(null)
  }
  const press = (event: PointerEvent) => {
    // A second finger: the two move the picture.
    if (!event.isPrimary) return drop()
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const reach = (event.pointerType === 'mouse' ? HANDLE : TOUCH_REACH) / view.scale
    setGrip(gripAt(pointOf(event), drawing, reach))
  }
  const move = (event: PointerEvent) => {
    if (!grip || !event.isPrimary) return
    const box = follow(event, grip)
    const far = Math.max(box.width, box.height) * view.scale >= LEAST_DRAG
    if (grip.holds !== 'nothing' || dragged || far) setDragged(box)
  }
  const lift = (event: PointerEvent) => {
    if (!grip || !event.isPrimary) return
    const drawn = follow(event, grip)
    drop()
    if (!dragged) {
      if (grip.holds === 'nothing' && grip.under !== null) onChoose(grip.under)
    } else if (grip.holds === 'nothing') {
      if (drawn.width > 1 && drawn.height > 1) onDraw(drawn)
    } else onChange(drawn)
  }
  const byKey = (event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'preventDefault'>) => {
    if (chosen === null) return
    const next = nudge(event, current, picture)
    if (!next) return
    event.preventDefault()
    onChange(next)
  }

  // Before the queue, whose arrows go to the next part.
  const onKeyAnywhere = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.metaKey || event.altKey || !shortcutSetting.isOn() || isWanted(event.target, event.key)) return
    byKey(event)
  })
  useEffect(() => {
    if (!keys) return
    const listener = (event: globalThis.KeyboardEvent) => onKeyAnywhere(event)
    document.addEventListener('keydown', listener, { capture: true })
    return () => document.removeEventListener('keydown', listener, { capture: true })
  }, [keys])

  const isNew = grip?.holds === 'nothing'
  const shown = isNew ? current : (dragged ?? current)
  const others = boxes.filter(({ number }) => number !== chosen)
  const marks = (
    <>
      {others.map(({ number, box }) => (
        <Mark key={number} number={number} box={box} view={view} />
      ))}
      {chosen !== null && shown && <Mark number={chosen} box={shown} view={view} isChosen />}
      {isNew && dragged && <rect className={classes.box} data-chosen {...placeOf(dragged, view)} />}
    </>
  )
  if (!active)
    return (
      <svg className={classes.layer} aria-hidden>
        {marks}
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
        onPointerMove={move}
        onPointerUp={lift}
        onPointerCancel={drop}
        onKeyDown={byKey}
      >
        {marks}
        {shown && <Handles box={shown} view={view} />}
      </svg>
      <VisuallyHidden role="status">
        {current && chosen !== null ? texts.draw.at(chosen, current.x, current.y, current.width, current.height) : ''}
      </VisuallyHidden>
    </>
  )
}

interface MarkProps {
  number: number
  box: BoundingBox
  view: View
  isChosen?: boolean
}

/** A box with the number of its defect. */
function Mark({ number, box, view, isChosen = false }: MarkProps) {
  const place = placeOf(box, view)
  const plate = { x: Math.max(0, place.x - 1), y: place.y - PLATE < 0 ? place.y + place.height : place.y - PLATE }
  return (
    <g data-drawn={number}>
      <rect className={classes.box} data-chosen={isChosen || undefined} {...place} />
      <rect className={classes.plate} {...plate} width={PLATE} height={PLATE} />
      <text className={classes.number} x={plate.x + PLATE / 2} y={plate.y + PLATE / 2}>
        {number}
      </text>
    </g>
  )
}

function Handles({ box, view }: { box: BoundingBox; view: View }) {
  const { width, height } = placeOf(box, view)
  const beside = (side: number, isFar: boolean) => (side >= SMALL ? HANDLE / 2 : isFar ? 0 : HANDLE)
  return cornersOf(box).map(({ name, x, y }) => (
    <rect
      key={name}
      className={classes.handle}
      data-corner={name}
      x={view.x + x * view.scale - beside(width, x > box.x)}
      y={view.y + y * view.scale - beside(height, y > box.y)}
      width={HANDLE}
      height={HANDLE}
    />
  ))
}
