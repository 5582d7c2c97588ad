import type { Messages } from '../en/index.ts'

export const print: Messages['print'] = {
  title: '打印结果',
  back: '返回',
  preparing: (done, of) => `正在准备结果：${done} / ${of}`,
  ready: (pages) => `已准备好 ${pages} 页，每条结果一页。`,
  again: '打印',
  missing: (ids) => `以下结果无法加载，不会打印：${ids}`,
  noPicture: (ids) => `以下结果的图片无法加载：${ids}`,
  nothing: '尚未选择结果',
  nothingHint: '请在历史记录中选择结果，再从那里打印。',
  tooMany: (most) => `一次最多打印 ${most} 条结果，其余不打印。`,
}
