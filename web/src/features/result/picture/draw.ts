import type { BoundingBox } from '../../../api/types.ts'
import type { Drawing } from '../../../components/drawing.ts'
import type { Point, Size } from './view.ts'

/** What a finger holds: a corner of the chosen box, whose opposite one stays; the whole box; or a new box that begins. */
export type Grip =
  | { holds: 'corner'; anchor: Point }
  | { holds: 'box'; box: BoundingBox; from: Point }
  | { holds: 'nothing'; anchor: Point /** Number of the box that a tap would choose. */; under: number | null }

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

const isInside = ({ x, y, width, height }: BoundingBox, point: Point): boolean =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height

/**
 * What a press at a point takes hold of; `reach` is how near a corner counts, inside a small box less, so that it can be moved.
 * Beside the chosen box a new one begins, over another box too: a tap there chooses it.
 */
export function gripAt(point: Point, { boxes, chosen }: Pick<Drawing, 'boxes' | 'chosen'>, reach: number): Grip {
  const box = boxes.find(({ number }) => number === chosen)?.box
  if (box) {
    const inside = isInside(box, point)
    const within = (side: number) => (inside ? Math.min(reach, side / 3) : reach)
    const corner = cornersOf(box).find(
      ({ x, y }) => Math.abs(x - point.x) <= within(box.width) && Math.abs(y - point.y) <= within(box.height),
    )
    if (corner) return { holds: 'corner', anchor: corner.opposite }
    if (inside) return { holds: 'box', box, from: point }
  }
  // The smallest one: a large one around it can be chosen beside it.
  const under = boxes
    .filter(({ box: each }) => isInside(each, point))
    .toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0]
  return { holds: 'nothing', anchor: point, under: under?.number ?? null }
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
