import { useEffect, useEffectEvent, useState } from 'react'
import type { PictureView } from './use-picture-view.ts'
import type { Point } from './view.ts'

/** What stands over the picture and takes pointers and arrow keys for itself. */
const OTHERS = 'button, [data-draws]'
const isOnDrawing = ({ target }: Event): boolean => target instanceof Element && target.closest('[data-draws]') !== null

const WHEEL_SPEED = 0.002
const ARROW_STEP = 60

/**
 * Wheel, drag, pinch, double click and keys on the picture's frame. The plain wheel zooms only while the picture has the
 * focus: whoever scrolls the page must not be caught by it. With Ctrl (or a pinch on a touchpad) it always does.
 */
export function useGestures(picture: PictureView, onToggleBoxes: () => void): void {
  const { frame, zoomed } = picture
  /** Where each pointer that is down was last. */
  const [fingers] = useState(() => new Map<number, Point>())

  const onWheel = useEffectEvent((event: WheelEvent, at: Point) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== frame) return
    event.preventDefault()
    picture.zoomBy(Math.exp(-event.deltaY * WHEEL_SPEED * (event.ctrlKey ? 4 : 1)), at)
  })
  const onMove = useEffectEvent((id: number, to: Point, draws: boolean) => {
    const from = fingers.get(id)
    if (!from) return
    const other = [...fingers].find(([each]) => each !== id)?.[1]
    fingers.set(id, to)
    const by = { x: to.x - from.x, y: to.y - from.y }
    if (!other) {
      if (zoomed && !draws) picture.moveBy(by)
      return
    }
    // What is between the two fingers stays there.
    picture.moveBy({ x: by.x / 2, y: by.y / 2 })
    const before = Math.hypot(from.x - other.x, from.y - other.y)
    const after = Math.hypot(to.x - other.x, to.y - other.y)
    if (before > 0) picture.zoomBy(after / before, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 })
  })
  const onDoubleClick = useEffectEvent(() => (zoomed ? picture.fit() : picture.full()))
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrows: Record<string, Point> = {
      ArrowLeft: { x: ARROW_STEP, y: 0 },
      ArrowRight: { x: -ARROW_STEP, y: 0 },
      ArrowUp: { x: 0, y: ARROW_STEP },
      ArrowDown: { x: 0, y: -ARROW_STEP },
    }
    const draws = isOnDrawing(event)
    const arrow = draws ? undefined : arrows[event.key]
    // Digits name the defect there.
    if (draws && ['0', '1'].includes(event.key)) return
    if (arrow && zoomed) picture.moveBy(arrow)
    else if (event.key === '+' || event.key === '=') picture.zoomIn()
    else if (event.key === '-') picture.zoomOut()
    else if (event.key === '0') picture.fit()
    else if (event.key === '1') picture.full()
    else if (event.key === 'b' || event.key === 'B') onToggleBoxes()
    else return
    event.preventDefault()
  })

  useEffect(() => {
    if (!frame) return
    const abort = new AbortController()
    const { signal } = abort
    const at = (event: MouseEvent): Point => {
      const { left, top } = frame.getBoundingClientRect()
      return { x: event.clientX - left, y: event.clientY - top }
    }
    const lift = ({ pointerId }: PointerEvent) => void fingers.delete(pointerId)
    // React's own wheel listener is passive and could not keep the page from scrolling.
    frame.addEventListener('wheel', (event) => onWheel(event, at(event)), { signal, passive: false })
    frame.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0 || !(event.target instanceof Element)) return
        // One finger draws there, two move the picture as always.
        const draws = isOnDrawing(event)
        if (draws ? event.pointerType !== 'touch' : event.target.closest(OTHERS)) return
        fingers.set(event.pointerId, at(event))
        if (!draws) frame.setPointerCapture(event.pointerId)
      },
      { signal },
    )
    frame.addEventListener('pointermove', (event) => onMove(event.pointerId, at(event), isOnDrawing(event)), { signal })
    frame.addEventListener('pointerup', lift, { signal })
    frame.addEventListener('pointercancel', lift, { signal })
    frame.addEventListener(
      'dblclick',
      (event) => {
        if (event.target instanceof Element && !event.target.closest(OTHERS)) onDoubleClick()
      },
      { signal },
    )
    frame.addEventListener('keydown', (event) => onKey(event), { signal })
    return () => abort.abort()
  }, [frame, fingers])

  // Focusable, or keys and wheel would not reach it.
  useEffect(() => {
    if (frame) frame.tabIndex = 0
  }, [frame])

  // At fit the page scrolls under one finger; a zoomed picture keeps all gestures for itself.
  useEffect(() => {
    if (frame) frame.style.touchAction = zoomed ? 'none' : 'pan-y'
  }, [frame, zoomed])
}
