import { useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTexts } from '../language/use-language.ts'
import { Choice } from './choice.tsx'

const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }
const schemes = ['auto', 'light', 'dark'] as const

/** Light, dark, or as the device has it. */
export function SchemeChoice() {
  const texts = useTexts().frame
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Choice
      icon={icons[colorScheme]}
      label={texts.scheme}
      value={colorScheme}
      options={schemes.map((value) => ({ value, name: texts.schemes[value] }))}
      compact
      onChange={setColorScheme}
    />
  )
}
