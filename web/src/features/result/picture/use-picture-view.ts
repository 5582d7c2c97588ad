import { useEffect, useState } from 'react'
import type { BoundingBox } from '../../../api/types.ts'
import { fitView, keepInside, type Point, type Size, sameView, type View, viewOfBox, zoomAt } from './view.ts'

const ZOOM_STEP = 1.4

export interface PictureView {
  /** Null until the frame is measured. */
  view: View | null
  /** Of the frame; null until it is measured. */
  size: Size | null
  frame: HTMLElement | null
  setFrame: (frame: HTMLElement | null) => void
  zoomed: boolean
  /** It cannot be made any smaller. */
  smallest: boolean
  zoomIn: () => void
  zoomOut: () => void
  /** Zooms by a factor around a point of the frame. */
  zoomBy: (factor: number, at: Point) => void
  fit: () => void
  /** One picture pixel to one CSS pixel. */
  full: () => void
  moveBy: (by: Point) => void
  showBox: (box: BoundingBox) => void
}

/** Zoom and place of a picture in its frame; follows the frame's size, and fits the picture until somebody zooms. */
export function usePictureView(picture: Size): PictureView {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState<Size | null>(null)
  const [chosen, setChosen] = useState<View | null>(null)

  useEffect(() => {
    if (!frame) return
    const observer = new ResizeObserver(() => setSize({ width: frame.clientWidth, height: frame.clientHeight }))
    observer.observe(frame)
    return () => observer.disconnect()
  }, [frame])

  const fitted = size && size.width > 0 && size.height > 0 ? fitView(size, picture) : null
  const view = fitted && size && chosen ? keepInside(chosen, size, picture) : fitted

  const change = (next: (view: View, size: Size) => View) =>
    setChosen((before) => {
      if (!size || !fitted) return before
      const wanted = keepInside(next(before ? keepInside(before, size, picture) : fitted, size), size, picture)
      return wanted.scale === fitted.scale ? null : wanted
    })
  const zoomBy = (factor: number, at: Point) => change((now) => zoomAt(now, at, now.scale * factor))
  const zoomMiddle = (factor: number) =>
    change((now, { width, height }) => zoomAt(now, { x: width / 2, y: height / 2 }, now.scale * factor))

  return {
    view,
    size,
    frame,
    setFrame,
    zoomed: chosen !== null,
    smallest: !view || !fitted || view.scale <= Math.min(fitted.scale, 1),
    zoomBy,
    zoomIn: () => zoomMiddle(ZOOM_STEP),
    zoomOut: () => zoomMiddle(1 / ZOOM_STEP),
    fit: () => setChosen(null),
    full: () => change((now, { width, height }) => zoomAt(now, { x: width / 2, y: height / 2 }, 1)),
    moveBy: (by) => change((now) => ({ ...now, x: now.x + by.x, y: now.y + by.y })),
    showBox: (box) => change((_, frameSize) => viewOfBox(box, frameSize)),
  }
}

/** The same part of another picture, in a frame of the same size: what is done in either frame moves both. */
export function useSyncedView(picture: PictureView, own: Size, other: Size): PictureView {
  const [frame, setFrame] = useState<HTMLElement | null>(null)
  const { view, size } = picture
  return { ...picture, frame, setFrame, view: view && size && sameView(view, size, own, other) }
}
