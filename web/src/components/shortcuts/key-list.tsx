import { Switch } from '@mantine/core'
import { useTexts } from '../../language/use-language.ts'
import { SideDrawer } from '../side-drawer.tsx'
import classes from './key-list.module.css'
import { shortcutSetting, useShortcutsOn } from './setting.ts'

export interface KeyMeaning {
  keys: readonly string[]
  meaning: string
}

interface KeyListProps {
  opened: boolean
  groups: readonly { title: string; keys: readonly KeyMeaning[] }[]
  onClose: () => void
}

/** All keys of a screen, and the switch that turns them off. */
export default function KeyList({ opened, groups, onClose }: KeyListProps) {
  const texts = useTexts().shared.shortcuts
  const on = useShortcutsOn()
  return (
    <SideDrawer title={texts.title} opened={opened} onClose={onClose}>
      <Switch
        size="md"
        label={texts.on}
        description={texts.onHint}
        checked={on}
        onChange={(event) => shortcutSetting.set(event.currentTarget.checked)}
      />
      {groups.map(({ title, keys }) => (
        <section key={title} className={classes.group}>
          <h3>{title}</h3>
          <dl className={classes.keys}>
            {keys.map(({ keys: names, meaning }) => (
              <div key={meaning}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </SideDrawer>
  )
}
