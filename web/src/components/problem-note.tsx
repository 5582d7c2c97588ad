import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { toProblem } from '../api/problem.ts'
import { useTexts } from '../language/use-language.ts'
import { problemText } from './problem-text.ts'

interface ProblemNoteProps {
  title: string
  error: unknown
  onRetry?: (() => void) | undefined
}

/** What went wrong, with the id that the service's log has. */
export function ProblemNote({ title, error, onRetry }: ProblemNoteProps) {
  const messages = useTexts()
  const texts = messages.shared
  const problem = toProblem(error)
  const { requestId, retryAfter } = problem
  return (
    <Alert
      role="alert"
      variant="default"
      title={title}
      icon={<IconAlertTriangle color="var(--bad-ink)" aria-hidden />}
      styles={{
        root: { borderColor: 'var(--bad-line)', background: 'var(--surface)' },
        title: { color: 'var(--ink)' },
      }}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problemText(problem, messages)}</Text>
        {retryAfter !== null && <Text size="sm">{texts.waitSeconds(retryAfter)}</Text>}
        {requestId && (
          <Text size="xs" c="dimmed">
            {texts.requestId} <code>{requestId}</code>
          </Text>
        )}
        {onRetry && (
          <Button variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onRetry}>
            {texts.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
