/** Measurements of a photo, see images/photo-gate/measure.ts. */
export interface PhotoMeasures {
  /** Blur of the sharpest strong outlines: sigma, in pixels of the raster. Null without outlines. */
  blur: number | null
  /** Grain: robust deviation of brightness between neighbouring pixels, in grey levels. */
  noise: number
  /** 98th percentile of brightness, in grey levels. */
  brightest: number
  /** Share of overexposed pixels. */
  clipped: number
  /** Overexposed pixels that do not belong to a white background, as a share of the frame around all outlines. */
  glare: number
  /** Share of the photo that has outlines. 0 for an empty photo and for pure grain. */
  structure: number
  /** Long side of the frame around all outlines, in pixels of the photo. */
  part_size: number
}

/** Photo faults, in the order in which they are reported. */
export const PHOTO_FAULTS = [
  'no_part',
  'too_dark',
  'overexposed',
  'glare',
  'out_of_focus',
  'grainy',
  'part_too_small',
] as const
export type PhotoFaultCode = (typeof PHOTO_FAULTS)[number]

export interface PhotoFault {
  code: PhotoFaultCode
  /** Measured value, in the unit of the limit. */
  value: number
  limit: number
}

export type PhotoLimits = Record<PhotoFaultCode, number>

/** For each fault: its measurement, which side of the limit is faulty, and the highest limit that can be set. */
export const PHOTO_CHECKS: Record<
  PhotoFaultCode,
  { measure: keyof PhotoMeasures; fault: 'above' | 'below'; most: number; what: string }
> = {
  no_part: { measure: 'structure', fault: 'below', most: 1, what: 'Minimum share of the photo that has outlines' },
  too_dark: {
    measure: 'brightest',
    fault: 'below',
    most: 255,
    what: 'Minimum brightness of the brightest 2 %, in grey levels',
  },
  overexposed: { measure: 'clipped', fault: 'above', most: 1, what: 'Maximum overexposed share of the photo' },
  glare: {
    measure: 'glare',
    fault: 'above',
    most: 1,
    what: "Maximum overexposed share of the part's frame, excluding a white background",
  },
  out_of_focus: {
    measure: 'blur',
    fault: 'above',
    most: 10,
    what: 'Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640',
  },
  grainy: {
    measure: 'noise',
    fault: 'above',
    most: 255,
    what: 'Maximum grain in grey levels, with the long side scaled to 640',
  },
  part_too_small: {
    measure: 'part_size',
    fault: 'below',
    most: 10_000,
    what: "Minimum long side of the part's frame, in pixels",
  },
}

/**
 * Each limit lies between the measurements of 458 usable photos (bsdata, cookies and both golden sets of our trials) and those of
 * gradually degraded photos. `node scripts/photo-gate.ts` prints both; docs/accuracy.md has the table.
 */
export const DEFAULT_PHOTO_LIMITS: PhotoLimits = {
  // Usable: from 0.078 (a brushed plate; photos from 0.157). Plain grey, black, white or grain: up to 0.001.
  no_part: 0.01,
  // Usable: from 199. With half the light: 96 to 120; with a quarter: 48 to 60.
  too_dark: 80,
  // Usable: up to 0.83 (white background). Ball screws at five times the light: from 0.87; knives at three times: 0.90.
  overexposed: 0.85,
  // Usable: up to 0.025. A fully overexposed blade: 0.36.
  glare: 0.25,
  // Usable: up to 1.13. Knives blurred by 0.25 % of the long side: from 1.36.
  out_of_focus: 1.25,
  // Usable: up to 7.1 (the crumb of cookies), 13.2 with added noise of 20 grey levels. With noise of 80: from 17.6.
  grainy: 15,
  // Usable: from 304. At 250, a pixel is about 1 mm of a chef's knife, and chips are critical from 1 mm.
  part_too_small: 250,
}

/** Limits of a product or a station. Limits that it does not set keep their defaults. */
export interface LimitSetting {
  scope: 'product' | 'station'
  name: string
  limits: Partial<PhotoLimits>
}

/** Effective limits of a photo. The station's limit overrides the product's, as camera and light depend on the station. */
export function limitsFor(
  defaults: PhotoLimits,
  settings: readonly LimitSetting[],
  productSku: string,
  station: string | undefined,
): PhotoLimits {
  const find = (scope: LimitSetting['scope'], name: string | undefined) =>
    settings.find((setting) => setting.scope === scope && setting.name === name)?.limits
  return { ...defaults, ...find('product', productSku), ...find('station', station) }
}

/** Faults of a photo with these measurements, in the order of PHOTO_FAULTS; empty for a usable photo. */
export function faultsOf(measures: PhotoMeasures, limits: PhotoLimits): PhotoFault[] {
  return PHOTO_FAULTS.flatMap((code) => {
    const { measure, fault } = PHOTO_CHECKS[code]
    const measured = measures[measure]
    // Without outlines there is no focus or size to measure; no_part already reports it.
    if (measured === null || (code === 'part_too_small' && measured === 0)) return []
    const value = Number(measured.toFixed(3))
    const limit = limits[code]
    return (fault === 'above' ? value > limit : value < limit) ? [{ code, value, limit }] : []
  })
}
