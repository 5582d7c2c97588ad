import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTexts } from '../../language/use-language.ts'

interface NotStoredProps {
  ids: readonly string[]
  onShow: (id: string) => void
}

/** Decisions that were not stored after all, while the reviewer was already at the next part. */
export function NotStored({ ids, onShow }: NotStoredProps) {
  const texts = useTexts().review
  return ids.map((id) => (
    <Alert
      key={id}
      role="alert"
      variant="default"
      title={texts.notStored(id)}
      icon={<IconAlertTriangle color="var(--bad-ink)" aria-hidden />}
      styles={{
        root: { borderColor: 'var(--bad-line)', background: 'var(--surface)' },
        title: { color: 'var(--ink)' },
      }}
    >
      <Button variant="default" mih={44} onClick={() => onShow(id)}>
        {texts.goBack}
      </Button>
    </Alert>
  ))
}
