import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'react-router'
import { useTitle } from '../components/use-title.ts'
import { texts } from './texts.ts'

export function NotFoundPage() {
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
