import type { BoundingBox } from '../../../api/types.ts'
import type { Point, Size } from './view.ts'

/** What a finger holds: a corner, whose opposite one stays, or the whole box. */
export type Grip = { anchor: Point } | { box: BoundingBox; from: Point }

/** Share of the picture's longer edge that a key moves the box by. */
const STEP = 0.01
/** Share of the picture that a box takes which is begun by a key. */
const FIRST = 0.2

const clamp = (value: number, max: number): number => Math.min(Math.max(Math.round(value), 0), max)

/** The box between two points, in whole pixels inside the picture; at least one pixel wide and high. */
export function boxBetween(a: Point, b: Point, picture: Size): BoundingBox {
  const span = (from: number, to: number, room: number): [start: number, length: number] => {
    const start = Math.min(clamp(Math.min(from, to), room), room - 1)
    return [start, Math.max(1, clamp(Math.max(from, to), room) - start)]
  }
  const [x, width] = span(a.x, b.x, picture.width)
  const [y, height] = span(a.y, b.y, picture.height)
  return { x, y, width, height }
}

/** The box moved by a drag, as far as the picture goes. */
export const moveBox = (box: BoundingBox, from: Point, to: Point, picture: Size): BoundingBox => ({
  ...box,
  x: clamp(box.x + to.x - from.x, picture.width - box.width),
  y: clamp(box.y + to.y - from.y, picture.height - box.height),
})

export const cornersOf = ({ x, y, width, height }: BoundingBox) => [
  { name: 'nw', x, y, opposite: { x: x + width, y: y + height } },
  { name: 'ne', x: x + width, y, opposite: { x, y: y + height } },
  { name: 'sw', x, y: y + height, opposite: { x: x + width, y } },
  { name: 'se', x: x + width, y: y + height, opposite: { x, y } },
]

/** What a press at a point takes hold of; `reach` is how near a corner counts. Beside the box, a new one begins. */
export function gripAt(point: Point, box: BoundingBox | null, reach: number): Grip {
  if (!box) return { anchor: point }
  const corner = cornersOf(box).find(({ x, y }) => Math.abs(x - point.x) <= reach && Math.abs(y - point.y) <= reach)
  if (corner) return { anchor: corner.opposite }
  const inside = point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
  return inside ? { box, from: point } : { anchor: point }
}

const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The box after an arrow key; the first one makes a box in the middle. Null: another key. */
export function nudge(
  { key, shiftKey, ctrlKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey'>,
  box: BoundingBox | null,
  picture: Size,
): BoundingBox | null {
  const arrow = ARROWS[key]
  if (!arrow) return null
  if (!box) {
    const [width, height] = [Math.ceil(picture.width * FIRST), Math.ceil(picture.height * FIRST)]
    return { x: Math.round((picture.width - width) / 2), y: Math.round((picture.height - height) / 2), width, height }
  }
  const step = ctrlKey ? 1 : Math.max(1, Math.round(Math.max(picture.width, picture.height) * STEP))
  const by = { x: arrow.x * step, y: arrow.y * step }
  if (!shiftKey) return moveBox(box, { x: 0, y: 0 }, by, picture)
  const far = { x: Math.max(box.x + 1, box.x + box.width + by.x), y: Math.max(box.y + 1, box.y + box.height + by.y) }
  return boxBetween(box, far, picture)
}
