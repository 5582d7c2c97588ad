import { chooseVariants, type LabelledPhoto } from './choose.ts'
import { GoldenError } from './errors.ts'
import { pack, Reader, type Sections } from './format.ts'
import { type Aligned, bring, fitted, frameOf } from './frame.ts'
import { type FittedLevel, fitLevel, maskOf } from './level.ts'
import { type FitOptions, type GoldenModel, LEAST_GOLDENS, MAX_GOLDENS, type Outlier } from './model.ts'
import { inputSize } from './network.ts'
import { PERTURBATIONS, perturb } from './perturb.ts'
import type { Photo } from './photo.ts'
import { largest, mean, median, type Plane, planeOf, type Raster, toGray } from './plane.ts'
import { combined, gridOf, usualOf } from './score.ts'
import { alarmsOf, thresholdOf } from './threshold.ts'
import { fitVariants } from './variants.ts'

/** Long sides at which the network looks at a photo, pixels. */
const EDGES = [448, 896]
/** Goldens that are perturbed, the first ones. */
const PERTURBED = 5
/** Correlation below which a photo shows something else. */
export const ANOTHER = 0.6

/** Learns what good parts of a station look like. Golden 0 is the one that all photos are laid over. Throws GoldenError. */
export async function fit(
  photos: readonly Photo[],
  options: FitOptions = {},
  labelled: readonly LabelledPhoto[] = [],
): Promise<GoldenModel> {
  const [first] = photos
  if (!first || photos.length > MAX_GOLDENS) {
    throw new GoldenError('count', `a station needs 1 to ${MAX_GOLDENS} golden photos, not ${photos.length}`)
  }
  check(options)
  const goldens = photos.map((photo, i) => {
    const raster = fitted(photo, first)
    if (raster) return raster
    const size = `${photo.width} x ${photo.height}`
    throw new GoldenError(
      'size',
      `golden ${i} has other proportions (${size}) than golden 0 (${first.width} x ${first.height})`,
    )
  })
  const reference = rgb(first)
  const inRaster = (polygon: readonly (readonly [number, number])[]) =>
    polygon.map(([x, y]) => [x / first.scale, y / first.scale] as const)
  const frame = frameOf(reference, options.ignore?.map(inRaster))
  const aligned = goldens.map((golden) => bring(frame, golden))
  const copies: Aligned[] = []
  for (let i = 0; i < PERTURBATIONS; i++) {
    const golden = goldens[i % Math.min(PERTURBED, goldens.length)]
    if (golden) copies.push(bring(frame, await perturb(golden, i)))
  }
  const region = options.region && inRaster(options.region)
  const levels: FittedLevel[] = []
  for (const [i, edge] of EDGES.entries()) {
    const size = inputSize(reference.width, reference.height, edge)
    levels.push(await fitLevel(i, size, aligned, copies, { region, ignored: frame.ignored, reference }))
  }
  const grid = gridOf(reference)
  const mask = maskOf(grid, region, frame.ignored, reference)
  const variants = fitVariants(
    aligned.map(({ raster }) => toGray(raster)),
    frame.variants(),
    grid,
    (map) => {
      for (let i = 0; i < map.data.length; i++) if (mask?.[i] === 0) map.data[i] = 0
    },
  )
  const maps = (of: (level: FittedLevel) => Plane[], count: number): Plane[] =>
    Array.from({ length: count }, (_, i) =>
      combined(
        levels.map((level) => ({ map: of(level)[i] ?? planeOf(1, 1), usual: level.info.usual })),
        grid,
      ),
    )
  const goldenMaps = maps((level) => level.goldens, goldens.length > 1 ? goldens.length : 0)
  const copyMaps = maps((level) => level.perturbed, copies.length)
  const usualMaps = goldenMaps.length > 0 ? goldenMaps : copyMaps
  const scores = usualMaps.map(({ data }) => largest(data))
  const nccs = aligned.map(({ ncc }) => ncc)
  const isAdvisory = goldens.length < LEAST_GOLDENS
  const info = {
    goldens: goldens.length,
    advisory: isAdvisory,
    width: reference.width,
    height: reference.height,
    scale: first.scale,
    options,
    levels: levels.map((level) => level.info),
    variants: variants.infos,
    threshold: isAdvisory ? 2.5 * mean(copyMaps.map(({ data }) => largest(data))) : thresholdOf(scores),
    usualDifference: Math.max(...usualMaps.map(usualOf)),
    leastNcc: isAdvisory ? ANOTHER : Math.min(0.9 * Math.min(...nccs.slice(1)), 0.97),
    scores,
    outliers: isAdvisory ? [] : outliersOf(scores, nccs),
    falseAlarms: isAdvisory ? ([0, 0] as const) : ([alarmsOf(scores).length, scores.length] as const),
  }
  const sections: Sections = {
    reference: reference.pixels as Uint8Array,
    ...(mask ? { mask } : {}),
    ...variants.sections,
    ...Object.assign({}, ...levels.map((level) => level.sections)),
  }
  const model = { info, bytes: pack(info, sections) }
  if (variants.infos.length === 0 || labelled.length === 0) return model
  const chosen = { ...info, variants: await chooseVariants(new Reader(model.bytes), frame, labelled) }
  return { info: chosen, bytes: pack(chosen, sections) }
}

/** How often the usual score a golden must have to be told of even where others are as bad. */
const FAR = 1.6

function outliersOf(scores: readonly number[], nccs: readonly number[]): Outlier[] {
  const alarms = alarmsOf(scores)
  const usual = median(scores)
  const usualNcc = median(nccs.slice(1))
  return scores.flatMap((score, golden) => {
    const ncc = nccs[golden] ?? 1
    const isFar = alarms.includes(golden) || score > FAR * usual || ncc < Math.max(ANOTHER, 0.9 * usualNcc)
    return isFar ? [{ golden, score: score / usual, ncc }] : []
  })
}

function rgb({ width, height, channels, pixels }: Raster): Raster {
  const out = new Uint8Array(width * height * 3)
  for (let i = 0, p = 0; i < out.length; i += 3, p += channels) {
    out[i] = pixels[p] ?? 0
    out[i + 1] = pixels[p + 1] ?? 0
    out[i + 2] = pixels[p + 2] ?? 0
  }
  return { width, height, channels: 3, pixels: out }
}

function check({ region, ignore = [], mmPerPixel }: FitOptions): void {
  for (const polygon of [...(region ? [region] : []), ...ignore]) {
    if (polygon.length < 3 || !polygon.flat().every(Number.isFinite)) {
      throw new GoldenError('options', 'a region needs three points or more, each with x and y in pixels')
    }
  }
  if (mmPerPixel !== undefined && !(mmPerPixel > 0 && Number.isFinite(mmPerPixel))) {
    throw new GoldenError('options', `millimetres per pixel must be a positive number, not ${mmPerPixel}`)
  }
}
