import type { Truth } from '../../api/types.ts'

const truths: Record<Truth, string> = { final: 'Final verdicts', ai: 'AI verdicts', human: 'Confirmed by people' }
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
  from: 'From',
  to: 'To',
  notTold: 'Not told',
  target: 'Target',
  inspected: 'Inspected',
  defects: 'Defects',
  defectRate: 'Defect rate',
  clock: (facility: string, zone: string) => `Days begin at midnight in ${facility} (${zone}).`,
}
