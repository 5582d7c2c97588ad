import { IconWifiOff } from '@tabler/icons-react'
import classes from './offline-banner.module.css'
import { texts } from './texts.ts'
import { useOnline } from './use-online.ts'

export function OfflineBanner() {
  const online = useOnline()
  return (
    <div role="status">
      {!online && (
        <div className={classes.banner}>
          <IconWifiOff size={18} aria-hidden />
          {texts.offline}
        </div>
      )}
    </div>
  )
}
