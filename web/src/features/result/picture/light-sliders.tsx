import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../../language/use-language.ts'
import classes from './light-sliders.module.css'

/** In percent; 100 leaves the picture as it is. */
export interface Light {
  brightness: number
  contrast: number
}

export const NEUTRAL: Light = { brightness: 100, contrast: 100 }
const RANGE = { min: 25, max: 300, step: 5 }

const isNeutral = ({ brightness, contrast }: Light): boolean => brightness === 100 && contrast === 100

/** As CSS; undefined where nothing is changed. */
export const toFilter = (light: Light): string | undefined =>
  isNeutral(light) ? undefined : `brightness(${light.brightness}%) contrast(${light.contrast}%)`

interface LightSlidersProps {
  light: Light
  onChange: (light: Light) => void
}

/** Brightness and contrast, of the view only: the photo and its print stay as they are. */
export function LightSliders({ light, onChange }: LightSlidersProps) {
  const texts = useTexts().result.picture.light
  const formats = useFormats()
  return (
    <div className={classes.sliders} data-print="no">
      {(['brightness', 'contrast'] as const).map((name) => (
        <label key={name}>
          <span>{texts[name]}</span>
          <input
            type="range"
            {...RANGE}
            value={light[name]}
            onChange={(event) => onChange({ ...light, [name]: event.currentTarget.valueAsNumber })}
          />
          <output>{formats.share(light[name] / 100)}</output>
        </label>
      ))}
      <Button
        variant="default"
        mih={44}
        disabled={isNeutral(light)}
        leftSection={<IconRefresh size={18} aria-hidden />}
        onClick={() => onChange(NEUTRAL)}
      >
        {texts.reset}
      </Button>
    </div>
  )
}
