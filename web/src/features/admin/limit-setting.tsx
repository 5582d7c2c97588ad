import { Button } from '@mantine/core'
import { PHOTO_FAULTS, type PhotoLimits } from '../../../../api/domain/photo-limits.ts'
import type { PhotoLimitSettings } from '../../api/types.ts'
import { useFormats } from '../../language/use-language.ts'
import { isUpper, shownLimit } from './limit-units.ts'
import classes from './photo-limits.module.css'
import { useAdminTexts } from './texts.ts'

interface LimitSettingProps {
  setting: PhotoLimitSettings['settings'][number]
  defaults: PhotoLimits
  busy: boolean
  onChange: () => void
  onReset: () => void
}

/** The limits of one product or station, beside the defaults. */
export function LimitSetting({ setting, defaults, busy, onChange, onReset }: LimitSettingProps) {
  const admin = useAdminTexts()
  const texts = admin.photoLimits
  const { number, time } = useFormats()
  const title = texts.titles[setting.scope](setting.name)
  return (
    <>
      <div className={classes.head}>
        <h3>{title}</h3>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onChange} aria-label={admin.actionOf(texts.change, title)}>
            {texts.change}
          </Button>
          <Button variant="default" disabled={busy} onClick={onReset} aria-label={admin.actionOf(texts.reset, title)}>
            {texts.reset}
          </Button>
        </div>
      </div>
      <dl className={classes.facts}>
        {PHOTO_FAULTS.map((code) => {
          const limit = setting.limits[code]
          if (limit === undefined) return null
          const { name, unit } = texts.figures[code]
          const value = `${number(shownLimit(code, limit))} ${unit}`
          return (
            <div key={code}>
              <dt>{name}</dt>
              <dd>
                {isUpper(code) ? texts.atMost(value) : texts.atLeast(value)}
                <span className={classes.small}>{texts.instead(number(shownLimit(code, defaults[code])))}</span>
              </dd>
            </div>
          )
        })}
      </dl>
      <p className={classes.small}>{texts.by(setting.person, time(setting.updated_at, undefined))}</p>
    </>
  )
}
