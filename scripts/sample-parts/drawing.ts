import type { DefectType } from '../../api/vocabulary/vocabulary.ts'
import type { Point } from './geometry.ts'

/** What can be drawn on a part. `surface_contamination` is a dark pit, and so is `weld_defect`, at the bolster. */
export const SAMPLE_DEFECTS = [
  'rust_spot',
  'blade_scratch',
  'surface_contamination',
  'blade_chip',
  'handle_crack',
  'handle_discoloration',
  'heat_treatment_defect',
  'polish_defect',
  'weld_defect',
] as const satisfies readonly DefectType[]
export type SampleDefect = (typeof SAMPLE_DEFECTS)[number]

/** A part as SVG fragments in units of the nominal 1200 x 800 drawing. */
export interface Drawing {
  /** Gradients and clip paths of the picture. */
  definitions: string
  /** Shapes that throw a shadow; empty where the part fills the frame. */
  shadow: string
  picture: string
  /** Shapes that carry the brushed lay. */
  metal: string
  /** Colour behind the part. */
  ground: readonly [number, number, number]
  /** Points around the defect; empty for a clean part. */
  extent: Point[]
}
