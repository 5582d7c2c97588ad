import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { NewKey } from '../../api/admin.ts'
import { useFormats } from '../../language/use-language.ts'
import { nameOf } from './key-name.ts'
import classes from './secret-note.module.css'
import { useAdminTexts } from './texts.ts'

/** The value of a key, for the one time that it is known. */
export function SecretNote({ made, onDone }: { made: NewKey; onDone: () => void }) {
  const admin = useAdminTexts()
  const texts = admin.secret
  const { time } = useFormats()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={classes.note} aria-label={texts.title(nameOf(made, admin))}>
      <Stack gap="sm">
        <h3 ref={heading} tabIndex={-1} className={classes.title}>
          <IconKey size={20} aria-hidden />
          {texts.title(nameOf(made, admin))}
        </h3>
        <Text>{texts.warning}</Text>
        {made.previous_expires_at && <Text>{texts.overlap(time(made.previous_expires_at, undefined))}</Text>}
        <TextInput
          label={texts.label}
          readOnly
          value={made.key}
          classNames={{ input: classes.value }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group>
          <CopyButton value={made.key}>
            {({ copied, copy }) => (
              <Button
                onClick={copy}
                leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
              >
                <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onDone}>
            {texts.done}
          </Button>
        </Group>
      </Stack>
    </section>
  )
}
