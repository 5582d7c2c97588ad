import type { DefectDrawing } from './defects.ts'
import {
  biteOutline,
  drawCrack,
  drawMattPatch,
  drawPatch,
  drawPit,
  drawRust,
  drawScratch,
  drawTemperColours,
} from './defects.ts'
import type { Drawing, SampleDefect } from './drawing.ts'
import type { Point } from './geometry.ts'
import { bezier, linePath } from './geometry.ts'
import type { Random } from './random.ts'

const TIP: Point = [104, 408]
const SPINE = bezier([[786, 330], [560, 333], [290, 330], TIP], 80)
const EDGE = bezier([TIP, [262, 488], [520, 493], [766, 486]], 400)
const BEVEL_WIDTH = 13
const HANDLE =
  'M800 341C850 334 900 344 960 344C1020 344 1066 333 1110 338C1138 342 1146 370 1140 398C1134 428 1114 438 1090 432C1046 420 1004 424 962 431C900 441 850 427 800 427Z'
const BOLSTER = 'M778 331C788 330 798 334 812 339L812 428C800 430 790 436 778 452L772 452Z'
const RIVETS: readonly Point[] = [
  [868, 385],
  [962, 388],
  [1056, 385],
]

const drawDefect = (random: Random, type: SampleDefect): DefectDrawing => {
  const onBlade: Point = [random.between(300, 680), random.between(372, 430)]
  switch (type) {
    case 'rust_spot':
      return drawRust(random, onBlade)
    case 'blade_scratch':
      return drawScratch(random, [onBlade[0], random.between(394, 410)])
    case 'surface_contamination':
      return drawPit(random, onBlade)
    case 'handle_crack':
      return drawCrack(random, [random.between(0, 1) < 0.5 ? random.between(900, 928) : random.between(996, 1022), 386])
    case 'handle_discoloration':
      return drawPatch(
        random,
        [random.between(900, 1030), 386],
        [random.between(26, 38), random.between(20, 28)],
        [
          ['#8f8474', 0.7],
          ['#b3a58c', 0.7],
        ],
      )
    case 'heat_treatment_defect':
      return drawTemperColours(random, [onBlade[0], random.between(390, 420)])
    case 'polish_defect':
      return drawMattPatch(random, [onBlade[0], random.between(385, 420)])
    case 'weld_defect':
      return drawPit(random, [random.between(788, 798), random.between(360, 420)])
    case 'blade_chip':
      return { svg: '', extent: [] }
  }
}

/** A chef's knife from the side: blade to the left, edge down. */
export const drawKnife = (random: Random, defect: SampleDefect | undefined): Drawing => {
  const bitten =
    defect === 'blade_chip'
      ? biteOutline(random, EDGE, Math.round(random.between(120, 330)), [0, -1])
      : { outline: EDGE, extent: [] }
  const drawn = defect ? drawDefect(random, defect) : { svg: '', extent: [] }
  const blade = `${linePath([...SPINE, ...bitten.outline])}L772 452L786 440Z`
  const bevelTop = EDGE.map(([x, y]): Point => [x, y - BEVEL_WIDTH * Math.min(1, (x - TIP[0]) / 90)])
  const bevel = `${linePath([...EDGE.map(([x, y]): Point => [x, y + 3]), ...bevelTop.reverse()])}Z`
  const rivet = ([x, y]: Point): string =>
    `<circle cx="${x}" cy="${y}" r="10.5" fill="#17181a"/><circle cx="${x}" cy="${y}" r="9.2" fill="url(#rivet)"/>`
  return {
    definitions: `
      <linearGradient id="blade" x1="0" y1="328" x2="0" y2="490" gradientUnits="userSpaceOnUse">
        <stop offset="0" stop-color="#9da0a3"/><stop offset="0.09" stop-color="#b9bcbf"/><stop offset="0.4" stop-color="#cfd1d3"/>
        <stop offset="0.62" stop-color="#c2c4c7"/><stop offset="1" stop-color="#a9acaf"/></linearGradient>
      <linearGradient id="sheen" x1="104" y1="0" x2="786" y2="0" gradientUnits="userSpaceOnUse">
        <stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="0.3" stop-color="#fff" stop-opacity="0.22"/>
        <stop offset="0.55" stop-color="#000" stop-opacity="0.07"/><stop offset="0.8" stop-color="#fff" stop-opacity="0.14"/>
        <stop offset="1" stop-color="#000" stop-opacity="0.1"/></linearGradient>
      <linearGradient id="bevel" x1="0" y1="470" x2="0" y2="490" gradientUnits="userSpaceOnUse">
        <stop offset="0" stop-color="#dfe1e2"/><stop offset="1" stop-color="#eff0f0"/></linearGradient>
      <linearGradient id="bolster" x1="0" y1="330" x2="0" y2="452" gradientUnits="userSpaceOnUse">
        <stop offset="0" stop-color="#8d9093"/><stop offset="0.25" stop-color="#e4e5e6"/><stop offset="0.6" stop-color="#b4b6b9"/>
        <stop offset="1" stop-color="#7c7f83"/></linearGradient>
      <linearGradient id="handle" x1="0" y1="334" x2="0" y2="440" gradientUnits="userSpaceOnUse">
        <stop offset="0" stop-color="#3a3b3f"/><stop offset="0.2" stop-color="#55565b"/><stop offset="0.55" stop-color="#434448"/>
        <stop offset="1" stop-color="#29292c"/></linearGradient>
      <radialGradient id="rivet" cx="0.4" cy="0.35" r="0.75">
        <stop offset="0" stop-color="#f2f2f2"/><stop offset="0.6" stop-color="#b5b7b9"/><stop offset="1" stop-color="#7d8083"/></radialGradient>
      <clipPath id="bladeClip"><path d="${blade}"/></clipPath>`,
    shadow: `<path d="${blade}"/><path d="${BOLSTER}"/><path d="${HANDLE}"/>`,
    picture: `<path d="${blade}" fill="url(#blade)"/><path d="${blade}" fill="url(#sheen)"/>
      <g clip-path="url(#bladeClip)"><path d="${bevel}" fill="url(#bevel)"/></g>
      <path d="${HANDLE}" fill="url(#handle)"/><path d="${BOLSTER}" fill="url(#bolster)"/>
      ${RIVETS.map(rivet).join('')}${drawn.svg}`,
    metal: `<path d="${blade}"/>`,
    ground: [92, 112, 128],
    extent: [...bitten.extent, ...drawn.extent],
  }
}
