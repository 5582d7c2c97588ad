/** What is measured of a photo, see images/photo-gate/measure.ts. */
export interface PhotoMeasures {
  /** Blur of the sharpest strong outlines: sigma, pixels of the raster; null where there are no outlines. */
  blur: number | null
  /** Grain: robust deviation of brightness from pixel to pixel, grey levels. */
  noise: number
  /** Brightness that 98 % of the pixels stay under, grey levels. */
  brightest: number
  /** Share of the pixels that are burnt out. */
  clipped: number
  /** Burnt-out pixels that do not belong to a white ground, as a share of the frame around all outlines. */
  glare: number
  /** Share of the photo with outlines: of nothing, and of grain alone, none. */
  structure: number
  /** Long side of the frame around all outlines, pixels of the photo. */
  part_size: number
}

/** What can be wrong with a photo, the first to be told first. */
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
  /** As measured, in the unit of the limit. */
  value: number
  limit: number
}

export type PhotoLimits = Record<PhotoFaultCode, number>

/** Of each fault: the figure that it is told by, on which side of the limit it lies, and how far the limit may be set. */
export const PHOTO_CHECKS: Record<
  PhotoFaultCode,
  { measure: keyof PhotoMeasures; fault: 'above' | 'below'; most: number; what: string }
> = {
  no_part: { measure: 'structure', fault: 'below', most: 1, what: 'Least share of the photo with outlines' },
  too_dark: {
    measure: 'brightest',
    fault: 'below',
    most: 255,
    what: 'Least brightness of the brightest 2 %, grey levels',
  },
  overexposed: { measure: 'clipped', fault: 'above', most: 1, what: 'Largest burnt-out share of the photo' },
  glare: {
    measure: 'glare',
    fault: 'above',
    most: 1,
    what: "Largest burnt-out share of the part's frame, a white ground aside",
  },
  out_of_focus: {
    measure: 'blur',
    fault: 'above',
    most: 10,
    what: 'Largest blur of the sharpest outlines: sigma in pixels, where the long side has 640',
  },
  grainy: {
    measure: 'noise',
    fault: 'above',
    most: 255,
    what: 'Largest grain, grey levels, where the long side has 640',
  },
  part_too_small: {
    measure: 'part_size',
    fault: 'below',
    most: 10_000,
    what: "Least long side of the part's frame, pixels",
  },
}

/**
 * Each between what 458 usable photos measured (bsdata, cookies and both golden sets of our trials) and what photos measured that
 * were spoiled step by step: `node scripts/photo-gate.ts` prints both, docs/accuracy.md has the table.
 */
export const DEFAULT_PHOTO_LIMITS: PhotoLimits = {
  // Usable: 0.078 and more (a brushed plate; 0.157 of photos). Grey, black, white, grain alone: 0.001 at most.
  no_part: 0.01,
  // Usable: 199 and more; at a half of the light 96 to 120, at a quarter 48 to 60.
  too_dark: 80,
  // Usable: 0.83 at most (white ground); ball screws at five times the light: 0.87 and more, knives at three times 0.90.
  overexposed: 0.85,
  // Usable: 0.025 at most; a blade that is burnt out as a whole: 0.36.
  glare: 0.25,
  // Usable: 1.13 at most; knives blurred by 0.25 % of the long side: 1.36 and more.
  out_of_focus: 1.25,
  // Usable: 7.1 at most (the crumb of cookies), 13.2 with noise of 20 grey levels; with noise of 80: 17.6 and more.
  grainy: 15,
  // Usable: 304 and more. A pixel is then about a millimetre of a chef knife, and chips are critical from 1 mm.
  part_too_small: 250,
}

/** Limits of a product or a station; the others stay the defaults. */
export interface LimitSetting {
  scope: 'product' | 'station'
  name: string
  limits: Partial<PhotoLimits>
}

/** What a photo must measure. The station knows its camera and its light: where it and the product have a limit, its counts. */
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

/** What speaks against judging a photo of these measures, in the order of PHOTO_FAULTS; nothing of a usable one. */
export function faultsOf(measures: PhotoMeasures, limits: PhotoLimits): PhotoFault[] {
  return PHOTO_FAULTS.flatMap((code) => {
    const { measure, fault } = PHOTO_CHECKS[code]
    const measured = measures[measure]
    // Without outlines there is no focus and no size to be measured: that no part is seen says it all.
    if (measured === null || (code === 'part_too_small' && measured === 0)) return []
    const value = Number(measured.toFixed(3))
    const limit = limits[code]
    return (fault === 'above' ? value > limit : value < limit) ? [{ code, value, limit }] : []
  })
}
