import { Button } from '@mantine/core'
import { IconUserCheck, IconUserUp } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Explanation, Facility } from '../../../api/types.ts'
import { FacilityTime } from '../../../components/facility-time.tsx'
import { useTexts } from '../../../language/use-language.ts'
import { TextList } from '../text-list.tsx'
import classes from './explanation.module.css'
import { useExplanationTexts } from './texts.ts'
import type { Words } from './words.ts'

interface ConflictProps {
  /** What is stored. */
  explanation: Explanation
  facility: Facility
  /** Null: it was to be confirmed as it stood. */
  mine: Omit<Words, 'language'> | null
  busy: boolean
  onKeepTheirs: () => void
  onSendMine: () => void
}

/** Two people wrote at the same time: both versions side by side, and the choice between them. */
export function Conflict({ explanation, facility, mine, busy, onKeepTheirs, onSendMine }: ConflictProps) {
  const texts = useExplanationTexts()
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    place.current?.focus({ preventScroll: true })
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const title = texts.conflict.title(explanation.person)
  return (
    <section ref={place} tabIndex={-1} role="alert" className={classes.conflict} aria-label={title} data-print="no">
      <h2>{title}</h2>
      <p>{mine ? texts.conflict.hint : texts.conflict.hintConfirmed}</p>
      <div className={classes.fields}>
        <Side title={texts.conflict.theirs(explanation.person)} words={explanation} lang={explanation.language}>
          <FacilityTime iso={explanation.confirmed_at} facility={facility} />
        </Side>
        {mine && (
          <Side title={texts.conflict.mine} words={mine} lang={explanation.language}>
            {texts.conflict.notStored}
          </Side>
        )}
      </div>
      <div className={classes.bar}>
        <Button
          variant="default"
          mih={44}
          disabled={busy}
          leftSection={<IconUserCheck size={20} aria-hidden />}
          onClick={onKeepTheirs}
        >
          {texts.conflict.keepTheirs}
        </Button>
        {mine && (
          <Button
            variant="default"
            mih={44}
            loading={busy}
            leftSection={<IconUserUp size={20} aria-hidden />}
            onClick={onSendMine}
          >
            {texts.conflict.sendMine}
          </Button>
        )}
      </div>
    </section>
  )
}

interface SideProps {
  title: string
  words: Omit<Words, 'language'>
  lang: string
  children: ReactNode
}

function Side({ title, words, lang, children }: SideProps) {
  const { result } = useTexts()
  return (
    <div className={classes.side}>
      <h3>{title}</h3>
      <p>{children}</p>
      {words.root_cause && <p lang={lang}>{words.root_cause}</p>}
      <TextList title={result.fiveWhys} items={words.five_why_chain} lang={lang} />
      <TextList title={result.corrective} items={words.corrective_actions} lang={lang} />
      <TextList title={result.preventive} items={words.preventive_actions} lang={lang} />
    </div>
  )
}
