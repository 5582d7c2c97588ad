import type { BoundingBox } from '../../api/types.ts'
import { BLANK, type Draft, type DraftDefect, type Entered } from './draft.ts'

type Edit = Partial<Entered>

/** The defect that is being changed. */
export const chosenOf = ({ defect, defects, chosen }: Entered): DraftDefect | undefined =>
  defect ? defects[chosen] : undefined

/** One more defect, which is then the chosen one. */
export const addDefect = ({ defect, defects }: Entered, part: Partial<DraftDefect> = {}): Edit => {
  const before = defect ? defects : []
  return { defect: true, defects: [...before, { ...BLANK, ...part }], chosen: before.length }
}

/** Without the last one, there is no defect. */
export function deleteDefect({ defects, chosen }: Entered, index: number): Edit {
  if (defects.length <= 1) return { defect: false, defects: [BLANK], chosen: 0 }
  const left = defects.filter((_, each) => each !== index)
  return { defects: left, chosen: Math.min(index < chosen ? chosen - 1 : chosen, left.length - 1) }
}

/** Says something of the chosen defect, and with it that there is one. */
export function setChosen({ defect, defects, chosen }: Entered, part: Partial<DraftDefect>): Edit {
  return {
    defect: true,
    defects: defects.map((each, index) => (index === chosen ? { ...each, ...part } : each)),
    ...(defect ? {} : { chosen }),
  }
}

/** A box that was drawn: of the chosen defect where it has none, else of a new one. */
export const placeBox = (draft: Draft, box: BoundingBox): Edit =>
  draft.defect && draft.defects[draft.chosen]?.box === null ? setChosen(draft, { box }) : addDefect(draft, { box })

/** The next defect, or the one before; around the end. */
export const chooseNext = ({ defects, chosen }: Entered, by: 1 | -1): Edit => ({
  chosen: (chosen + by + defects.length) % defects.length,
})
