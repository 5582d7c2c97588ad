import type { Language } from '../../api/types.ts'

const languages: Record<Language, string> = {
  en: 'English',
  'zh-Hans': 'simplified Chinese',
  'zh-Hant': 'traditional Chinese',
}

/** Texts of a result whose texts are in another language. */
export const translation = {
  languages,
  writtenIn: (from: string) => `These texts were written in ${from}.`,
  translated: (from: string, model: string) =>
    `Translated by the model from ${from} (${model}), and checked by nobody. The original counts.`,
  converted: (from: string) => `Converted from ${from} by table, without the model.`,
  noModel: 'Only the AI model can translate them, and it is not in use here.',
  translate: 'Translate',
  translating: 'Translating …',
  showOriginal: 'Show original',
  showTranslation: 'Show translation',
  failed: 'The translation could not be made',
}
