import type { Messages } from '../en/index.ts'

export const shared: Messages['shared'] = {
  tryAgain: '重試',
  requestId: '請求編號：',
  waitSeconds: (seconds) => `服務要求等待 ${seconds} 秒。`,
  offline: '目前離線。照片會留在佇列中，網絡恢復後自動上載。',
  noDefect: '未發現缺陷',
  confidence: '信心度',
}
