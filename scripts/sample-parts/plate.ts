import { drawMattPatch, drawPit, drawRust, drawScratch, drawTemperColours } from './defects.ts'
import type { Drawing, SampleDefect } from './drawing.ts'
import type { Point } from './geometry.ts'
import type { Random } from './random.ts'

/** Reaches over the frame at any small turn. */
const SHEET = '<rect x="-600" y="-400" width="2400" height="1600"/>'

/** Brushed sheet metal that fills the frame, such as the bottom of a pan seen from above. */
export const drawPlate = (random: Random, defect: SampleDefect | undefined): Drawing => {
  const at: Point = [random.between(240, 960), random.between(180, 620)]
  const draw = (): { svg: string; extent: Point[] } => {
    switch (defect) {
      case undefined:
        return { svg: '', extent: [] }
      case 'rust_spot':
        return drawRust(random, at)
      case 'blade_scratch':
        return drawScratch(random, at)
      case 'surface_contamination':
        return drawPit(random, at)
      case 'heat_treatment_defect':
        return drawTemperColours(random, at)
      case 'polish_defect':
        return drawMattPatch(random, at)
      default:
        throw new RangeError(`a plate has no place for the defect "${defect}"`)
    }
  }
  const drawn = draw()
  return {
    definitions: `<linearGradient id="sheet" x1="0" y1="0" x2="1" y2="0.35">
      <stop offset="0" stop-color="#a3a6a9"/><stop offset="0.35" stop-color="#c9cbcd"/><stop offset="0.6" stop-color="#b9bbbe"/>
      <stop offset="1" stop-color="#9b9ea2"/></linearGradient>`,
    shadow: '',
    picture: `${SHEET.replace('/>', ' fill="url(#sheet)"/>')}${drawn.svg}`,
    metal: SHEET,
    ground: [160, 162, 165],
    extent: drawn.extent,
  }
}
