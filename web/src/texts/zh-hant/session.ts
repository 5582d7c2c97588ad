import type { Messages } from '../en/index.ts'

export const session: Messages['session'] = {
  title: '登入',
  intro: '您的操作會紀錄在您的姓名下。登入十二小時內有效。',
  name: '您的姓名',
  key: 'API 金鑰',
  keyHint: '由管理員提供',
  showKey: '顯示或隱藏金鑰',
  submit: '登入',
  ended: '登入已到期。請重新登入後繼續，已輸入的內容不會遺失。',
  endsIn: (minutes) => `登入將於 ${minutes} 分鐘後到期。`,
  signInAgain: '立即重新登入',
  failed: '登入失敗',
  unavailable: '服務沒有回應',
  loading: '正在連接服務',
}
