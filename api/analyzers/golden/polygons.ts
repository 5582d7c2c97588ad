/** x and y, in pixels. */
export type Point = readonly [x: number, y: number]
export type Polygon = readonly Point[]

/** Marks the cells whose middle lies in the polygon (even-odd rule). `share` is cells a pixel of the polygon, across and down. */
export function fill(
  marks: Uint8Array,
  { width, height }: { width: number; height: number },
  polygon: Polygon,
  share: readonly [number, number],
  value = 1,
): void {
  for (let y = 0; y < height; y++) {
    const level = (y + 0.5) / share[1]
    const crossings: number[] = []
    for (const [i, [x1, y1]] of polygon.entries()) {
      const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1]
      if (y1 <= level === y2 <= level) continue
      crossings.push((x1 + ((level - y1) * (x2 - x1)) / (y2 - y1)) * share[0])
    }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const start = Math.max(0, Math.ceil((crossings[i] ?? 0) - 0.5))
      const end = Math.min(width, Math.ceil((crossings[i + 1] ?? 0) - 0.5))
      if (end > start) marks.fill(value, y * width + start, y * width + end)
    }
  }
}
