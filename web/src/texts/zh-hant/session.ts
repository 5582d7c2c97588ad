import type { Messages } from '../en/index.ts'

export const session: Messages['session'] = {
  title: '登入',
  intro: '您的操作會記錄在您的姓名下。登入十二小時內有效。',
  name: '您的姓名',
  key: 'API 金鑰',
  keyHint: '由管理員提供',
  showKey: '顯示或隱藏金鑰',
  submit: '登入',
  failed: '登入失敗',
  unavailable: '服務沒有回應',
  loading: '正在連接服務',
}
