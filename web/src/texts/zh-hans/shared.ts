import type { Messages } from '../en/index.ts'

export const shared: Messages['shared'] = {
  tryAgain: '重试',
  requestId: '请求编号：',
  waitSeconds: (seconds) => `服务要求等待 ${seconds} 秒。`,
  offline: '当前离线。照片会留在队列中，网络恢复后自动上传。',
  noDefect: '未发现缺陷',
  confidence: '置信度',
}
