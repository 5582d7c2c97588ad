import { IconWifiOff } from '@tabler/icons-react'
import { useTexts } from '../language/use-language.ts'
import classes from './offline-banner.module.css'
import { useOnline } from './use-online.ts'

export function OfflineBanner() {
  const online = useOnline()
  const texts = useTexts().shared
  return (
    <div role="status" data-print="no">
      {!online && (
        <div className={classes.banner}>
          <IconWifiOff size={18} aria-hidden />
          {texts.offline}
        </div>
      )}
    </div>
  )
}
