import { Button } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { session } from '../../api/session.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './expiry-notice.module.css'

const WARN_MS = 15 * 60_000
const LOOK_EVERY_MS = 5_000

/** Says in time that the session ends, and ends it then: better than a request that is refused. */
export function ExpiryNotice({ endsAt }: { endsAt: number }) {
  const texts = useTexts().session
  const [left, setLeft] = useState(() => endsAt - Date.now())
  useEffect(() => {
    const look = () => {
      const now = endsAt - Date.now()
      if (now <= 0) session.lapse()
      else setLeft(now)
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [endsAt])
  if (left > WARN_MS) return null
  return (
    <div className={classes.notice} role="status" data-print="no">
      <IconClockExclamation size={20} aria-hidden />
      <span>{texts.endsIn(Math.max(1, Math.ceil(left / 60_000)))}</span>
      <Button variant="default" onClick={session.lapse}>
        {texts.signInAgain}
      </Button>
    </div>
  )
}
