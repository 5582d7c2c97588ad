import type { Polygon } from './polygons.ts'

/** From so many goldens on a verdict can be trusted; with fewer it is advice. */
export const LEAST_GOLDENS = 3
export const MAX_GOLDENS = 50

export interface FitOptions {
  /** Only this part of the photo is judged; pixels of the upright golden 0. Default: all. */
  readonly region?: Polygon
  /** Never judged, such as a date stamp; pixels of the upright golden 0. */
  readonly ignore?: readonly Polygon[]
  /** Millimetres of the part to a pixel of the upright photo: boxes then carry millimetres. */
  readonly mmPerPixel?: number
}

/** A golden that the others would not pass. It may show a defect, another product, or a legal variant that needs more goldens. */
export interface Outlier {
  /** Index of the golden. */
  readonly golden: number
  /** How unlike the others: their usual score is 1. */
  readonly score: number
  readonly ncc: number
}

/** One scale that the network looks at. */
export interface LevelInfo {
  /** Cells. */
  readonly width: number
  readonly height: number
  /** Of the whole numbers in the bank. */
  readonly scale: number
  /** Median lengths of golden 0's vectors. */
  readonly lengths: readonly [number, number]
  /** Mean of the largest values of good parts: makes scales alike. */
  readonly usual: number
}

/** `lay`: machined metal, defects interrupt the lines of the tool. `print`: sharp prints, stamped and cut parts. */
export type VariantName = 'lay' | 'print'

/** A measure beside the network's. */
export interface VariantInfo {
  readonly name: VariantName
  readonly threshold: number
  /** What a photo over the threshold is by this measure alone; `none`: it does not suit the station. */
  readonly says: 'none' | 'unsure' | 'ng'
}

/** What is known of a station; JSON. */
export interface ModelInfo {
  readonly goldens: number
  /** Fewer than LEAST_GOLDENS: its verdicts are advice. */
  readonly advisory: boolean
  /** Raster that photos are brought to. */
  readonly width: number
  readonly height: number
  /** Pixels of the upright golden 0 to a pixel of the raster. */
  readonly scale: number
  readonly options: FitOptions
  readonly levels: readonly LevelInfo[]
  readonly variants: readonly VariantInfo[]
  /** Score above which a photo is NG. */
  readonly threshold: number
  /** Median of a good part's map. */
  readonly usualDifference: number
  /** Least correlation at which an inconspicuous photo is believed to be of this product. */
  readonly leastNcc: number
  /** Score of each golden, judged by the others; of 1 golden its perturbed copies'. */
  readonly scores: readonly number[]
  readonly outliers: readonly Outlier[]
  /** Goldens that a model of the others would have called NG, and how many were asked. */
  readonly falseAlarms: readonly [number, number]
}

/** A fitted station. `bytes` lie in shared memory and are what is stored; they must not be changed. */
export interface GoldenModel {
  readonly info: ModelInfo
  readonly bytes: Uint8Array
}
