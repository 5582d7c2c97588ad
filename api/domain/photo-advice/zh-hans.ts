import type { PhotoFaultCode } from '../photo-limits.ts'

/** What to do about a photo that cannot be judged, for the service's answers and for the page. */
export const advice: Record<PhotoFaultCode, string> = {
  no_part: '看不到工件：将工件放在画面中央并充满画面，对焦后再拍',
  too_dark: '太暗：开灯补光，或延长曝光',
  overexposed: '曝光过度：减弱灯光，或缩短曝光',
  glare: '工件反光：转动工件或灯，直到反光消失',
  out_of_focus: '对焦不清：拿稳手机，点按屏幕对焦，稍微退后',
  grainy: '噪点太多：增加光线，并将相机固定在支架上',
  part_too_small: '工件太小：靠近一些，或使用相机的最高分辨率',
}
