import type { Language } from '../vocabulary/vocabulary.ts'
import { PHOTO_FAULTS, type PhotoFaultCode } from './limits.ts'

/** What to do about a photo that cannot be judged: one line for each fault, for the service's answers and for the page. */
export const ADVICE_EN: Record<PhotoFaultCode, string> = {
  no_part: 'No part can be seen: put the part in the middle, fill the picture with it, focus on it',
  too_dark: 'Too dark: turn on the light, or expose longer',
  overexposed: 'Overexposed: take away light, or expose shorter',
  glare: 'Glare on the part: turn the part or the lamp until the reflection is gone',
  out_of_focus: 'Out of focus: hold still, tap to focus, move back a little',
  grainy: 'Too grainy: more light, and the camera on a stand',
  part_too_small: 'The part is too small: move closer, or use the full resolution of the camera',
}

export const ADVICE_ZH_HANS: Record<PhotoFaultCode, string> = {
  no_part: '看不到零件：将零件放在画面中央并充满画面，对焦后再拍',
  too_dark: '太暗：开灯补光，或延长曝光',
  overexposed: '曝光过度：减弱灯光，或缩短曝光',
  glare: '零件反光：转动零件或灯，直到反光消失',
  out_of_focus: '对焦不清：拿稳手机，点按屏幕对焦，稍微退后',
  grainy: '噪点太多：增加光线，并将相机固定在支架上',
  part_too_small: '零件太小：靠近一些，或使用相机的最高分辨率',
}

export const ADVICE_ZH_HANT: Record<PhotoFaultCode, string> = {
  no_part: '看不到零件：將零件放在畫面中央並充滿畫面，對焦後再拍',
  too_dark: '太暗：開燈補光，或延長曝光',
  overexposed: '曝光過度：減弱燈光，或縮短曝光',
  glare: '零件反光：轉動零件或燈，直到反光消失',
  out_of_focus: '對焦不清：拿穩手機，點按螢幕對焦，稍微退後',
  grainy: '雜訊太多：增加光線，並將相機固定在支架上',
  part_too_small: '零件太小：靠近一些，或使用相機的最高解像度',
}

export const ADVICE: Record<Language, Record<PhotoFaultCode, string>> = {
  en: ADVICE_EN,
  'zh-Hans': ADVICE_ZH_HANS,
  'zh-Hant': ADVICE_ZH_HANT,
}

/** The advice for each of the faults as a sentence; by default for all. */
export const adviceSentences = (language: Language, codes: readonly PhotoFaultCode[] = PHOTO_FAULTS): string[] =>
  codes.map((code) => ADVICE[language][code] + (language === 'en' ? '.' : '。'))
