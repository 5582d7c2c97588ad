import type { Messages } from '../en/index.ts'

export const shared: Messages['shared'] = {
  tryAgain: '重試',
  requestId: '請求編號：',
  waitSeconds: (seconds) => `服務要求等待 ${seconds} 秒。`,
  offline: '目前離線。照片會留在隊列中，網絡恢復後自動上載。',
  noDefect: '未發現缺陷',
  confidence: '置信度',
  partFailed: '無法載入頁面的這一部分',
  close: '關閉',
  shortcuts: {
    open: '快捷鍵',
    title: '本頁快捷鍵',
    on: '使用單鍵快捷鍵',
    onHint: '使用語音輸入或容易誤觸時，可將其關閉。本裝置會記住此設定。',
  },
}
