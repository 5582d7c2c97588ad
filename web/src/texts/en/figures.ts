import type { Truth } from '../../api/types.ts'

const truths: Record<Truth, string> = { final: 'Final', ai: 'AI', human: 'People' }
const truthMeaning: Record<Truth, string> = {
  final: "These figures are by final verdicts: a person's where there is one, else the AI's.",
  ai: 'These figures are by AI verdicts only.',
  human: 'These figures are only of photos that a person has confirmed or corrected.',
}

/** Texts that the dashboard and the shift report share. */
export const figures = {
  truth: 'Verdicts',
  truths,
  truthMeaning,
  confirmed: (confirmed: string, photos: string, share: string) =>
    `People have confirmed or corrected ${confirmed} of ${photos} photos (${share}).`,
  noPhotos: 'There is no photo to confirm.',
  notFair: 'People look at suspects first, so this rate is no fair sample of all parts.',
  facility: 'Facility',
  allFacilities: 'All facilities',
  product: 'Product',
  allProducts: 'All products',
  line: 'Line',
  allLines: 'All lines',
  shift: 'Shift',
  allShifts: 'All shifts',
  /** Of the default hours; all others are called as people have called them. */
  shiftNames: { day: 'Day', night: 'Night' } as Record<string, string>,
  from: 'From',
  to: 'To',
  notTold: 'Not told',
  target: 'Target',
  targetCheck: {
    rate: (rate: string, defects: string, units: string) =>
      `By inspected units ${rate}: ${defects} defective of ${units}.`,
    met: (target: string) => `The target of ${target} is met.`,
    missed: (target: string) => `That is over the target of ${target}.`,
    notJudged: (target: string) => `Not judged against the target of ${target}, which is a rate of inspected units.`,
    reasons: {
      no_units: 'Enter the inspected units.',
      missing_units: 'No number of inspected units covers all photos: enter the rest.',
      part_of_day: 'Inspected units are entered by day and shift: choose whole days or a shift.',
    },
  },
  inspected: 'Inspected',
  defects: 'Defects',
  defectRate: 'Defect rate',
  clock: (facility: string, zone: string) => `Days begin at midnight in ${facility} (${zone}).`,
}
