import { IconUser } from '@tabler/icons-react'
import type { ReviewedDefect } from '../../api/types.ts'
import { numbered } from '../../components/numbered.ts'
import { SeverityTag } from '../../components/tag.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './defects-in-words.module.css'

/** What defects a person has named, by the numbers of their boxes. */
export function DefectsInWords({ defects }: { defects: readonly Pick<ReviewedDefect, 'defect_type' | 'severity'>[] }) {
  const { vocabulary } = useTexts()
  return (
    <ol className={classes.list}>
      {numbered(defects).map(({ number, item }) => (
        <li key={number}>
          <span className={classes.number}>
            <IconUser size={14} aria-hidden />
            {number}
          </span>{' '}
          {vocabulary.defectTypes[item.defect_type]} <SeverityTag severity={item.severity} />
        </li>
      ))}
    </ol>
  )
}
