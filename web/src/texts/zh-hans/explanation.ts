import type { explanation as english } from '../en/explanation.ts'

export const explanation: typeof english = {
  title: '原因与对策',
  draft: '原因与对策是分析器的草稿，即使判定已确认也是如此。请先核实。',
  nothing: '尚无人填写原因与对策。',
  confirm: '确认原因与对策',
  change: '修改原因与对策',
  write: '填写原因与对策',
  onePerLine: '每行一条',
  save: '保存原因与对策',
  cancel: '取消',
  empty: '请先填写一条原因或措施。',
  failed: '未能保存。您输入的内容仍在。',
  conflict: {
    title: (person) => `${person} 已先确认了原因与对策`,
    hint: '您的内容未保存，也没有覆盖任何内容。请比较两者后选择。',
    hintConfirmed: '您要确认的内容已有更改，请重新查看。',
    theirs: (person) => `已保存，${person}`,
    mine: '您的内容',
    notStored: '未保存',
    keepTheirs: '保留对方的',
    sendMine: '用我的覆盖对方的',
  },
}
