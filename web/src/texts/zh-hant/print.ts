import type { Messages } from '../en/index.ts'

export const print: Messages['print'] = {
  title: '列印結果',
  back: '返回',
  preparing: (done, of) => `正在準備結果：${done} / ${of}`,
  ready: (pages) => `已備妥 ${pages} 頁，每項結果一頁。`,
  again: '列印',
  missing: (ids) => `以下結果無法載入，不會列印：${ids}`,
  noPicture: (ids) => `以下結果的圖片無法載入：${ids}`,
  nothing: '尚未選取結果',
  nothingHint: '請在歷史紀錄中選取結果，再從那裏列印。',
  tooMany: (most) => `一次最多列印 ${most} 項結果，其餘不列印。`,
}
