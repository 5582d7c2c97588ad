import type { Messages } from '../en/index.ts'

export const translation: Messages['translation'] = {
  languages: { en: '英文', 'zh-Hans': '简体中文', 'zh-Hant': '繁体中文' },
  writtenIn: (from) => `以下文本为${from}。`,
  translated: (from, model) => `由模型（${model}）译自${from}，未经人工核对，以原文为准。`,
  converted: (from) => `由${from}按字词表转换，未使用模型。`,
  noModel: '只有 AI 模型才能翻译，目前未使用模型。',
  translate: '翻译',
  translating: '正在翻译……',
  showOriginal: '显示原文',
  showTranslation: '显示译文',
  failed: '无法翻译',
}
