import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTexts } from '../language/use-language.ts'
import { useNewVersion } from './new-version.ts'
import classes from './new-version-note.module.css'

/** Nothing is reloaded under somebody's hands: a newer build waits until it is asked for. */
export function NewVersionNote() {
  const texts = useTexts().install
  const change = useNewVersion()
  return (
    <div role="status" data-print="no">
      {change && (
        <div className={classes.note}>
          <span>{texts.newVersion}</span>
          <Button size="xs" leftSection={<IconRefresh size={16} aria-hidden />} onClick={change}>
            {texts.reload}
          </Button>
        </div>
      )}
    </div>
  )
}
