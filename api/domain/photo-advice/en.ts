import type { PhotoFaultCode } from '../photo-limits.ts'

/** What to do about an unusable photo. Used in API answers and on the page. */
export const advice: Record<PhotoFaultCode, string> = {
  no_part: 'No part can be seen: put the part in the middle, fill the picture with it, focus on it',
  too_dark: 'Too dark: turn on the light, or expose longer',
  overexposed: 'Overexposed: take away light, or expose shorter',
  glare: 'Glare on the part: turn the part or the lamp until the reflection is gone',
  out_of_focus: 'Out of focus: hold still, tap to focus, move back a little',
  grainy: 'Too grainy: more light, and the camera on a stand',
  part_too_small: 'The part is too small: move closer, or use the full resolution of the camera',
}
