import type { Messages } from '../en/index.ts'

export const install: Messages['install'] = {
  newVersion: '本页面已有新版本。队列中的照片会保留。',
  reload: '立即加载',
}
