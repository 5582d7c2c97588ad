import type { PhotoFaultCode } from '../photo-limits.ts'

/** What to do about a photo that cannot be judged, for the service's answers and for the page. */
export const advice: Record<PhotoFaultCode, string> = {
  no_part: '看不到工件：將工件放在畫面中央並充滿畫面，對焦後再拍',
  too_dark: '太暗：開燈補光，或延長曝光',
  overexposed: '曝光過度：減弱燈光，或縮短曝光',
  glare: '工件反光：轉動工件或燈，直到反光消失',
  out_of_focus: '對焦不清：拿穩手機，點按螢幕對焦，稍微退後',
  grainy: '雜訊太多：增加光線，並將相機固定在支架上',
  part_too_small: '工件太小：靠近一些，或使用相機的最高解像度',
}
