import type { BoundingBox } from '../../../domain/box.ts'

/** Pixels between two boxes; 0 if they touch or overlap. */
export const gapBetween = (a: BoundingBox, b: BoundingBox): number =>
  Math.max(0, a.x - (b.x + b.width), b.x - (a.x + a.width), a.y - (b.y + b.height), b.y - (a.y + a.height))

/** Intersection over union, 0..1. */
export const intersectionOverUnion = (a: BoundingBox, b: BoundingBox): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}

export const unite = (a: BoundingBox, b: BoundingBox): BoundingBox => {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/** Merges boxes that are closer than `gap` pixels until none are. A merged box keeps the higher score. */
export const mergeBoxes = <T extends { box: BoundingBox; score: number }>(items: readonly T[], gap: number): T[] => {
  const merged: T[] = []
  for (const item of items) {
    let joined = item
    for (let near = 0; near >= 0; ) {
      near = merged.findIndex((other) => gapBetween(other.box, joined.box) < gap)
      const [other] = near >= 0 ? merged.splice(near, 1) : []
      if (other) joined = { ...(other.score > joined.score ? other : joined), box: unite(other.box, joined.box) }
    }
    merged.push(joined)
  }
  return merged
}

/** Removes `by` pixels from each side, leaving at least one pixel in the middle. */
export const shrinkBox = (box: BoundingBox, by: number): BoundingBox => {
  const dx = Math.min(by, Math.floor((box.width - 1) / 2))
  const dy = Math.min(by, Math.floor((box.height - 1) / 2))
  return { x: box.x + dx, y: box.y + dy, width: box.width - 2 * dx, height: box.height - 2 * dy }
}

/** Widens a box around its centre to at least `side` pixels each way, within the frame. */
export const growBox = (box: BoundingBox, side: number, frameWidth: number, frameHeight: number): BoundingBox => {
  const width = Math.min(frameWidth, Math.max(box.width, side))
  const height = Math.min(frameHeight, Math.max(box.height, side))
  const at = (start: number, was: number, is: number, frame: number): number =>
    Math.min(frame - is, Math.max(0, start - Math.floor((is - was) / 2)))
  return { x: at(box.x, box.width, width, frameWidth), y: at(box.y, box.height, height, frameHeight), width, height }
}

/**
 * Maps a box of the working raster to pixels of the picture: rounded outwards, inside the picture, at least one pixel.
 */
export const toPicture = (
  box: BoundingBox,
  from: { width: number; height: number },
  to: { width: number; height: number },
): BoundingBox => {
  const axis = (start: number, length: number, was: number, is: number): [number, number] => {
    const first = Math.min(is - 1, Math.max(0, Math.floor((start * is) / was)))
    const end = Math.min(is, Math.max(first + 1, Math.ceil(((start + length) * is) / was)))
    return [first, end - first]
  }
  const [x, width] = axis(box.x, box.width, from.width, to.width)
  const [y, height] = axis(box.y, box.height, from.height, to.height)
  return { x, y, width, height }
}
