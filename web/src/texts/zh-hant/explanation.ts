import type { explanation as english } from '../en/explanation.ts'

export const explanation: typeof english = {
  title: '原因與對策',
  draft: '原因與對策是分析器的草稿，即使判定已確認亦然。請先核實。',
  nothing: '未有人填寫原因與對策。',
  confirm: '確認原因與對策',
  change: '修改原因與對策',
  write: '填寫原因與對策',
  onePerLine: '每行一項',
  save: '儲存原因與對策',
  cancel: '取消',
  empty: '請先填寫一項原因或措施。',
  failed: '未能儲存。您輸入的內容仍在。',
  conflict: {
    title: (person) => `${person} 已先確認原因與對策`,
    hint: '您的內容未儲存，亦沒有覆蓋任何內容。請比較兩者後選擇。',
    hintConfirmed: '您要確認的內容已有更改，請重新查看。',
    theirs: (person) => `已儲存，${person}`,
    mine: '您的內容',
    notStored: '未儲存',
    keepTheirs: '保留對方的',
    sendMine: '用我的覆蓋對方的',
  },
}
