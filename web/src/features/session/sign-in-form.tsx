import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { signIn } from '../../api/queries.ts'
import { session } from '../../api/session.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { useTitle } from '../../components/use-title.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './sign-in-form.module.css'

export default function SignInForm() {
  const texts = useTexts().session
  useTitle(texts.title)
  const [lapsed] = useState(session.lapsed)
  const [name, setName] = useState(lapsed ?? '')
  const [key, setKey] = useState('')
  const entering = useMutation({
    mutationFn: () => signIn(name.trim(), key.trim()),
    onSuccess: session.start,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    entering.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <Stack>
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        {lapsed ? <Text role="status">{texts.ended}</Text> : <Text c="dimmed">{texts.intro}</Text>}
        <TextInput
          label={texts.name}
          autoComplete="name"
          required
          maxLength={100}
          size="md"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={texts.key}
          visibilityToggleButtonProps={{ 'aria-label': texts.showKey }}
          description={texts.keyHint}
          autoComplete="current-password"
          required
          maxLength={512}
          size="md"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        {entering.isError && <ProblemNote title={texts.failed} error={entering.error} />}
        <Button type="submit" size="md" loading={entering.isPending}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  )
}
