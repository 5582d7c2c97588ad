import { Text } from '@mantine/core'
import { PHOTO_FAULTS, type PhotoLimits } from '../../../../api/domain/photo-limits.ts'
import { Panel } from '../../components/panel.tsx'
import { useFormats } from '../../language/use-language.ts'
import { isUpper, shownLimit } from './limit-units.ts'
import classes from './photo-limits.module.css'
import { useAdminTexts } from './texts.ts'

/** Every figure that is measured: what it means, and the limit where nothing else is set. */
export function LimitTable({ defaults }: { defaults: PhotoLimits }) {
  const { photoLimits: texts } = useAdminTexts()
  const { number } = useFormats()
  return (
    <Panel title={texts.defaults}>
      <Text size="sm" c="dimmed">
        {texts.defaultsText}
      </Text>
      <dl className={classes.figures}>
        {PHOTO_FAULTS.map((code) => {
          const { name, meaning, unit } = texts.figures[code]
          const value = `${number(shownLimit(code, defaults[code]))} ${unit}`
          return (
            <div key={code} className={classes.figure}>
              <dt>{name}</dt>
              <dd>{meaning}</dd>
              <dd className={classes.value}>{isUpper(code) ? texts.atMost(value) : texts.atLeast(value)}</dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}
