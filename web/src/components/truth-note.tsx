import { IconGavel, IconRobot, IconUserCheck } from '@tabler/icons-react'
import type { Truth } from '../api/types.ts'
import { useFormats, useTexts } from '../language/use-language.ts'
import classes from './truth-note.module.css'

interface TruthNoteProps {
  truth: Truth
  confirmed: number
  photos: number
}

const ICONS: Record<Truth, typeof IconGavel> = { final: IconGavel, ai: IconRobot, human: IconUserCheck }

/** On whose word the figures rest, and how much of it people have confirmed: never left to be guessed. */
export function TruthNote({ truth, confirmed, photos }: TruthNoteProps) {
  const texts = useTexts().figures
  const formats = useFormats()
  const Icon = ICONS[truth]
  const share = formats.percent(photos === 0 ? 0 : (100 * confirmed) / photos)
  return (
    <p className={classes.note} data-truth={truth} role="note">
      <Icon size={22} aria-hidden />
      <span>
        <strong>{texts.truthMeaning[truth]}</strong>{' '}
        {photos === 0 ? texts.noPhotos : texts.confirmed(formats.number(confirmed), formats.number(photos), share)}{' '}
        {truth === 'human' && texts.notFair}
      </span>
    </p>
  )
}
