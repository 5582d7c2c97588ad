import type { Messages } from '../en/index.ts'

export const session: Messages['session'] = {
  title: '登录',
  intro: '您的操作会记录在您的姓名下。登录十二小时内有效。',
  name: '您的姓名',
  key: 'API 密钥',
  keyHint: '由管理员提供',
  showKey: '显示或隐藏密钥',
  submit: '登录',
  ended: '登录已到期。请重新登录后继续，已输入的内容不会丢失。',
  endsIn: (minutes) => `登录将在 ${minutes} 分钟后到期。`,
  signInAgain: '立即重新登录',
  failed: '登录失败',
  unavailable: '服务没有响应',
  loading: '正在连接服务',
}
