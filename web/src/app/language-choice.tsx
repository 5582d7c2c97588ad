import { IconLanguage } from '@tabler/icons-react'
import { useState } from 'react'
import type { Language } from '../api/types.ts'
import { language } from '../language/language.ts'
import { isLanguage, LANGUAGES } from '../language/languages.ts'
import { useLanguage } from '../language/use-language.ts'
import { Choice } from './choice.tsx'
import classes from './layout.module.css'

const options = Object.entries(LANGUAGES).flatMap(([code, name]) =>
  isLanguage(code) ? [{ value: code, name, lang: code }] : [],
)

export function LanguageChoice() {
  const { code, messages } = useLanguage()
  const [failed, setFailed] = useState(false)
  const choose = (chosen: Language) => {
    setFailed(false)
    language.choose(chosen).catch(() => setFailed(true))
  }
  return (
    <>
      <Choice icon={IconLanguage} label={messages.frame.language} value={code} options={options} onChange={choose} />
      {failed && (
        <p className={classes.failed} role="alert">
          {messages.frame.languageFailed}
        </p>
      )}
    </>
  )
}
