import { Button, Stack, Text, Title } from '@mantine/core'
import { useTexts } from '../language/use-language.ts'

/** Before the first screen's script has come. */
export function LoadingPage() {
  const texts = useTexts().frame
  return (
    <Text p="md" role="status">
      {texts.loading}
    </Text>
  )
}

/** A screen threw, or its script could not be loaded (a new version was deployed, or there is no network). */
export function FaultPage() {
  const texts = useTexts().frame
  return (
    <Stack component="main" align="flex-start" p="md">
      <Title order={1} size="h3">
        {texts.fault}
      </Title>
      <Text>{texts.faultHint}</Text>
      <Button onClick={() => window.location.reload()}>{texts.reload}</Button>
    </Stack>
  )
}
