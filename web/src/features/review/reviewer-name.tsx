import { Button, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { ownName } from '../../api/own-name.ts'
import { signIn } from '../../api/queries.ts'
import { session } from '../../api/session.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import classes from './reviewer-name.module.css'
import { useReviewTexts } from './texts.ts'

interface ReviewerNameProps {
  naming: boolean
  onNaming: () => void
}

/** Under which name a review is recorded. With a key it is the session's; in the open mode it may be given here. */
export function ReviewerName({ naming, onNaming }: ReviewerNameProps) {
  const texts = useReviewTexts()
  const current = useSyncExternalStore(session.subscribe, session.get)
  const as = <span className={classes.person}>{texts.as(current?.name ?? '')}</span>
  if (!current?.open) return as
  return (
    <div className={classes.named}>
      {as}
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={naming}
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={onNaming}
      >
        {ownName.get() === null ? texts.giveName : texts.otherName}
      </Button>
    </div>
  )
}

/** Asks for the name, once for this browser. */
export function NameForm({ onDone }: { onDone: () => void }) {
  const texts = useReviewTexts()
  const [name, setName] = useState(() => ownName.get() ?? '')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const naming = useMutation({
    mutationFn: () => signIn(name.trim()),
    onSuccess: (begun) => {
      ownName.keep(begun.name)
      session.start(begun)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    naming.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} aria-label={texts.giveName}>
      <TextInput
        ref={input}
        label={texts.ownName}
        description={texts.ownNameHint}
        autoComplete="name"
        required
        pattern=".*\S.*"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {naming.isError && <ProblemNote title={texts.nameFailed} error={naming.error} />}
      <div className={classes.buttons}>
        <Button type="submit" mih={44} loading={naming.isPending}>
          {texts.storeName}
        </Button>
        <Button variant="default" mih={44} onClick={onDone}>
          {texts.keepName}
        </Button>
      </div>
    </form>
  )
}
