import { ActionIcon } from '@mantine/core'
import { IconSquareDashed, IconTrash } from '@tabler/icons-react'
import { numbered } from '../../components/numbered.ts'
import { SeverityTag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './defect-list.module.css'
import type { DraftDefect } from './draft.ts'
import { useReviewTexts } from './texts.ts'

interface DefectListProps {
  defects: readonly DraftDefect[]
  chosen: number
  onChoose: (index: number) => void
  onDelete: (index: number) => void
}

/** All defects of the correction; one of them is chosen, and what follows is of that one. */
export function DefectList({ defects, chosen, onChoose, onDelete }: DefectListProps) {
  const texts = useReviewTexts()
  const { vocabulary } = useTexts()
  return (
    <ol className={classes.list} aria-label={texts.defects}>
      {numbered(defects).map(({ number, item: { type, severity, box } }) => (
        <li key={number} className={classes.row} data-chosen={number - 1 === chosen}>
          <button
            type="button"
            className={classes.choose}
            aria-pressed={number - 1 === chosen}
            onClick={() => onChoose(number - 1)}
          >
            <span className={classes.number}>{number}</span>
            <span className={classes.type}>{type ? vocabulary.defectTypes[type] : texts.noType}</span>
            {severity ? <SeverityTag severity={severity} /> : <span className={classes.open}>{texts.noSeverity}</span>}
            {!box && (
              <span className={classes.open}>
                <IconSquareDashed size={16} aria-hidden />
                {texts.box.none}
              </span>
            )}
          </button>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.delete}
            aria-label={texts.deleteDefect(number)}
            title={texts.deleteDefect(number)}
            onClick={() => onDelete(number - 1)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ol>
  )
}
