import type { Messages } from '../en/index.ts'

export const translation: Messages['translation'] = {
  languages: { en: '英文', 'zh-Hans': '簡體中文', 'zh-Hant': '繁體中文' },
  writtenIn: (from) => `以下文字為${from}。`,
  translated: (from, model) => `由模型（${model}）譯自${from}，未經人手核對，以原文為準。`,
  converted: (from) => `由${from}按字詞表轉換，沒有使用模型。`,
  noModel: '只有 AI 模型才能翻譯，目前未使用模型。',
  translate: '翻譯',
  translating: '正在翻譯……',
  showOriginal: '顯示原文',
  showTranslation: '顯示譯文',
  failed: '無法翻譯',
}
