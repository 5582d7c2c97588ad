import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from 'react-router'
import classes from './review-page.module.css'
import { useReviewTexts } from './texts.ts'

export interface Unstored {
  id: string
  /** Somebody was faster. */
  refused: boolean
}

interface NotStoredProps {
  decisions: readonly Unstored[]
  /** Shows the part here; undefined where it is not in this queue. */
  onShow: (id: string) => (() => void) | undefined
}

/** Decisions that were not stored after all, while the reviewer was already at the next part. In sight wherever the page stands. */
export function NotStored({ decisions, onShow }: NotStoredProps) {
  const texts = useReviewTexts()
  if (decisions.length === 0) return null
  return (
    <div className={classes.notStored} data-print="no">
      {decisions.map(({ id, refused }) => {
        const show = onShow(id)
        return (
          <Alert
            key={id}
            role="alert"
            variant="default"
            title={(refused ? texts.conflict.elsewhere : texts.notStored)(id)}
            icon={<IconAlertTriangle color="var(--bad-ink)" aria-hidden />}
            styles={{
              root: { borderColor: 'var(--bad-line)', background: 'var(--surface)' },
              title: { color: 'var(--ink)' },
            }}
          >
            {show ? (
              <Button variant="default" mih={44} onClick={show}>
                {texts.goBack}
              </Button>
            ) : (
              <Button component={Link} to={`/results/${id}`} variant="default" mih={44}>
                {texts.goBack}
              </Button>
            )}
          </Alert>
        )
      })}
    </div>
  )
}
