import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { dayIn, isDay, startOfDay } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './baseline.module.css'
import { useDashboardTexts } from './texts.ts'

interface BaselineFormProps {
  /** Days to begin with: those that the chart shows. */
  from: string
  to: string
  timeZone: string
  isSending: boolean
  onSend: (range: { from: string; to: string }) => void
  onCancel: () => void
}

/** Whose average is to be frozen: whole days on the clocks of the facility. */
export function BaselineForm({
  from: firstDay,
  to: lastDay,
  timeZone,
  isSending,
  onSend,
  onCancel,
}: BaselineFormProps) {
  const texts = useDashboardTexts().baseline
  const { figures } = useTexts()
  const [from, setFrom] = useState(firstDay)
  const [to, setTo] = useState(lastDay)
  const [wrong, setWrong] = useState(false)
  const today = dayIn(new Date().toISOString(), timeZone)
  return (
    <form
      className={classes.form}
      aria-label={texts.title}
      data-print="no"
      onSubmit={(event) => {
        event.preventDefault()
        const fits = isDay(from) && isDay(to) && from <= to && to <= today
        setWrong(!fits)
        if (!fits) return
        onSend({
          from: startOfDay(from, timeZone).toISOString(),
          to: startOfDay(to, timeZone, 1).toISOString(),
        })
      }}
    >
      <strong>{texts.title}</strong>
      <span>{texts.hint}</span>
      <Group gap="sm" align="start">
        <TextInput
          type="date"
          label={figures.from}
          value={from}
          max={today}
          error={wrong && texts.wrongRange}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={figures.to}
          value={to}
          max={today}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      <Group gap="xs">
        <Button type="submit" loading={isSending}>
          {texts.save}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </Group>
    </form>
  )
}
