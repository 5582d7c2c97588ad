import type { BoundingBox } from '../../../api/types.ts'

export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/** How the picture stands in its frame: `x`, `y` is its upper left corner, `scale` frame pixels per picture pixel. */
export interface View extends Point {
  scale: number
}

const MAX_SCALE = 8
/** Share of the frame that a box fills when it is shown. */
const BOX_SHARE = 0.4

/** The whole picture, as large as the frame allows. */
export function fitView(frame: Size, picture: Size): View {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height)
  return {
    scale,
    x: (frame.width - picture.width * scale) / 2,
    y: (frame.height - picture.height * scale) / 2,
  }
}

/** Keeps the zoom within its limits and the picture inside the frame, centred where it is the smaller one. */
export function keepInside(view: View, frame: Size, picture: Size): View {
  const fitted = fitView(frame, picture).scale
  const scale = Math.min(Math.max(view.scale, Math.min(fitted, 1)), Math.max(MAX_SCALE, fitted))
  const place = (at: number, room: number, length: number) =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at))
  return {
    scale,
    x: place(view.x, frame.width, picture.width * scale),
    y: place(view.y, frame.height, picture.height * scale),
  }
}

/** Zooms so that what is under `point` stays there. */
export function zoomAt(view: View, point: Point, scale: number): View {
  const ratio = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio }
}

/** Puts a box into the middle, large enough to judge it. */
export function viewOfBox(box: BoundingBox, frame: Size): View {
  const scale = Math.min(
    MAX_SCALE,
    BOX_SHARE * Math.min(frame.width / Math.max(1, box.width), frame.height / Math.max(1, box.height)),
  )
  return {
    scale,
    x: frame.width / 2 - (box.x + box.width / 2) * scale,
    y: frame.height / 2 - (box.y + box.height / 2) * scale,
  }
}

/** Shows of `other` what the view shows of `own`, also where the two differ in size or shape. */
export function sameView(view: View, frame: Size, own: Size, other: Size): View {
  const scale = (view.scale / fitView(frame, own).scale) * fitView(frame, other).scale
  const place = (at: number, room: number, length: number, otherLength: number) =>
    room / 2 - ((room / 2 - at) / (length * view.scale)) * otherLength * scale
  return {
    scale,
    x: place(view.x, frame.width, own.width, other.width),
    y: place(view.y, frame.height, own.height, other.height),
  }
}
