import { ANOTHER } from './fit.ts'
import { Reader } from './format.ts'
import { bring, type Frame, fitted, frameOf } from './frame.ts'
import type { Photo } from './photo.ts'
import { largest, type Plane } from './plane.ts'
import { type Box, MAP_CELL, MOST, overlaps, type Peak, peaksOf, UNSURE } from './regions.ts'
import { inverse, type Rigid, scaled, warp } from './rigid.ts'
import { type Measured, measure, worstOf } from './score.ts'
import { tempered } from './variants.ts'

/** How often the usual difference a whole photo may show before nothing is said of its parts. */
const DIFFERS = 1.6
/** Of an advisory model, where nothing is known of how good parts differ. */
const UNSURE_ADVISORY = 0.7

export type Verdict = 'ok' | 'ng' | 'unsure' | 'cannot_judge'

/** Why a photo was not passed. */
export type Reason =
  /** Something on it differs more than good parts do. */
  | 'differs'
  /** Close to the limit. */
  | 'near_threshold'
  /** Its proportions are not those of the goldens. */
  | 'other_size'
  /** It does not show what the goldens show. */
  | 'another_product'
  /** It shows it less alike than any golden: moved, turned, or in another light. */
  | 'poor_match'
  /** It differs everywhere: light, focus or camera have changed. */
  | 'differs_overall'

export interface Region extends Box {
  /** As a share of the threshold: over 1 is NG. */
  readonly peak: number
  /** Width and height in millimetres, where the model knows a scale. */
  readonly mm?: { readonly width: number; readonly height: number }
}

export interface Judgement {
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** Of a model of one or two goldens: not to be relied upon. */
  readonly advisory: boolean
  /** Score as a share of the threshold. */
  readonly ratio: number
  readonly threshold: number
  /** How well the photo could be laid over golden 0, 1 at best. */
  readonly ncc: number
  /** Where it differs, the worst first; pixels of the upright photo. */
  readonly regions: readonly Region[]
  /** Over the whole photo, row by row: 128 is the threshold. */
  readonly heatMap: { readonly width: number; readonly height: number; readonly data: Uint8Array }
}

/** Frames of the stations judged last: to make one takes a tenth of a judgement. */
const frames = new Map<string, Frame>()
const MOST_FRAMES = 4

function frameFor(bytes: Uint8Array, reader: Reader): Frame {
  const key = Buffer.from(bytes.subarray(-32)).toString('hex')
  const { width, height, scale, options } = reader.info
  const frame =
    frames.get(key) ??
    frameOf(
      { width, height, channels: 3, pixels: reader.bytes('reference') },
      options.ignore?.map((polygon) => polygon.map(([x, y]) => [x / scale, y / scale] as const)),
    )
  frames.delete(key)
  frames.set(key, frame)
  for (const oldest of frames.keys()) if (frames.size > MOST_FRAMES) frames.delete(oldest)
  return frame
}

/**
 * @param bytes of a model that was verified
 * @param skip a golden that is not asked, for photos that are goldens themselves
 */
export async function judge(bytes: Uint8Array, photo: Photo, skip = -1): Promise<Judgement> {
  const reader = new Reader(bytes)
  const { info } = reader
  const base = { advisory: info.advisory, threshold: info.threshold }
  const raster = fitted(photo, info)
  if (!raster) {
    const heatMap = { width: 0, height: 0, data: new Uint8Array(0) }
    return { ...base, verdict: 'cannot_judge', reason: 'other_size', ratio: 0, ncc: 0, regions: [], heatMap }
  }
  const frame = frameFor(bytes, reader)
  const aligned = bring(frame, raster)
  const { rigid, ncc } = aligned
  const measured = await measure(reader, frame, aligned, skip)
  for (const { info: variant, map } of measured.variants) tempered(variant, map)
  const map = worstOf(measured)
  const ratio = Math.max(0, largest(map.data))
  const [verdict, reason] = decide(ratio, ncc, measured.difference, info)
  const share = (photo.width * photo.scale) / info.width
  const mmPerPixel = info.options.mmPerPixel
  return {
    ...base,
    verdict,
    reason,
    ratio,
    ncc,
    regions:
      reason === 'another_product'
        ? []
        : placesOf(measured).map((peak) => regionOf(peak, rigid, info, share, mmPerPixel)),
    heatMap: heatMapOf(map, rigid),
  }
}

function decide(
  ratio: number,
  ncc: number,
  difference: number,
  { leastNcc, advisory }: { leastNcc: number; advisory: boolean },
): [Verdict, Reason | null] {
  if (ncc < ANOTHER) return ['cannot_judge', 'another_product']
  if (ratio > 1) return ['ng', 'differs']
  if (ncc < leastNcc) return ['cannot_judge', 'poor_match']
  if (difference > DIFFERS) return ['cannot_judge', 'differs_overall']
  if (ratio > (advisory ? UNSURE_ADVISORY : UNSURE)) return ['unsure', 'near_threshold']
  return ['ok', null]
}

/** The network's places, whose boxes fit flaws best, and those of other measures where it saw none. */
function placesOf({ network, variants }: Measured): Peak[] {
  const places = peaksOf(network)
  for (const one of variants.flatMap(({ map }) => peaksOf(map))) {
    const at = places.findIndex((other) => overlaps(one, other))
    const known = places[at]
    if (known) places[at] = { ...known, peak: Math.max(known.peak, one.peak) }
    else places.push(one)
  }
  return places.sort((a, b) => b.peak - a.peak).slice(0, MOST)
}

/** From the frame to the photo as it was sent, within it. */
function regionOf(
  { x, y, width, height, peak }: Peak,
  { dx, dy, turn }: Rigid,
  frame: { width: number; height: number },
  share: number,
  mmPerPixel: number | undefined,
): Region {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [fromX, fromY] = [x + width / 2 - frame.width / 2, y + height / 2 - frame.height / 2]
  const middleX = frame.width / 2 + dx + cos * fromX - sin * fromY
  const middleY = frame.height / 2 + dy + sin * fromX + cos * fromY
  const side = (middle: number, size: number, limit: number): [number, number] => {
    const start = Math.round(Math.min(limit - 1, Math.max(0, middle - size / 2)) * share)
    return [start, Math.max(1, Math.round(Math.min(limit, Math.max(1, middle + size / 2)) * share) - start)]
  }
  const [left, wide] = side(middleX, width, frame.width)
  const [top, high] = side(middleY, height, frame.height)
  const mm = mmPerPixel === undefined ? {} : { mm: { width: wide * mmPerPixel, height: high * mmPerPixel } }
  return { x: left, y: top, width: wide, height: high, peak, ...mm }
}

function heatMapOf(map: Plane, rigid: Rigid): Judgement['heatMap'] {
  const { width, height, data } = warp(map, scaled(inverse(rigid), 1 / MAP_CELL))
  return { width, height, data: Uint8Array.from(data, (value) => Math.min(255, 128 * value)) }
}
