import type { Messages } from '../en/index.ts'

export const shared: Messages['shared'] = {
  tryAgain: '重试',
  requestId: '请求编号：',
  waitSeconds: (seconds) => `服务要求等待 ${seconds} 秒。`,
  offline: '当前离线。照片会留在队列中，网络恢复后自动上传。',
  noDefect: '未发现缺陷',
  confidence: '置信度',
  partFailed: '无法加载页面的这一部分',
  close: '关闭',
  shortcuts: {
    open: '快捷键',
    title: '本页快捷键',
    on: '启用单键快捷键',
    onHint: '使用语音输入或容易误触时，可将其关闭。本设备会记住此设置。',
  },
}
