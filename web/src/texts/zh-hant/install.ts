import type { Messages } from '../en/index.ts'

export const install: Messages['install'] = {
  newVersion: '本頁面已有新版本。隊列中的照片會保留。',
  reload: '立即載入',
}
