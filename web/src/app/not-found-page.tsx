import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'react-router'
import { useTitle } from '../components/use-title.ts'
import { useTexts } from '../language/use-language.ts'

export function NotFoundPage() {
  const texts = useTexts().frame
  useTitle(texts.notFound)
  return (
    <Stack align="flex-start" py="xl">
      <Title order={1} size="h2">
        {texts.notFound}
      </Title>
      <Text c="dimmed">{texts.notFoundHint}</Text>
      <Button component={Link} to="/">
        {texts.toInspect}
      </Button>
    </Stack>
  )
}
