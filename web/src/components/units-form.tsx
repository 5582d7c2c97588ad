import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { facilitiesQuery, productsQuery } from '../api/queries.ts'
import { choicesQuery } from '../api/statistics.ts'
import type { Facility, InspectedUnits, UnitsChange } from '../api/types.ts'
import { dayIn } from '../language/formats.ts'
import { useTexts } from '../language/use-language.ts'
import { facilities } from './codes.ts'
import classes from './units-form.module.css'
import { useUnitsTexts } from './units-texts.ts'
import { useShiftName } from './use-shift-name.ts'

/** A day as the date input has it. */
const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** What the fields begin with. */
export type UnitsStart = Partial<InspectedUnits> & { facility: Facility }

const MAX_UNITS = 10_000_000

interface UnitsFormProps {
  start: UnitsStart
  isSending: boolean
  onSend: (change: UnitsChange) => void
}

export function UnitsForm({ start, isSending, onSend }: UnitsFormProps) {
  const { figures, vocabulary } = useTexts()
  const shiftName = useShiftName()
  const texts = useUnitsTexts()
  const id = useId()
  const { data: products = [] } = useQuery(productsQuery)
  const { data: places } = useQuery(facilitiesQuery)
  const [facility, setFacility] = useState(start.facility)
  const { data: choices } = useQuery(choicesQuery(facility))
  const shifts = [...new Set([...(choices?.shifts ?? []), ...(start.shift ? [start.shift] : [])])]
  const today = dayIn(new Date().toISOString(), places?.find(({ code }) => code === facility)?.time_zone)
  const [wrong, setWrong] = useState<'day' | 'units' | null>(null)

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const text = (name: string) => String(fields.get(name) ?? '').trim()
    const day = text('day')
    const units = text('units')
    const fault =
      !isDay(day) || day > today ? 'day' : !/^\d{1,8}$/.test(units) || Number(units) > MAX_UNITS ? 'units' : null
    setWrong(fault)
    if (fault) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name=${fault}]`)?.focus()
      return
    }
    onSend({
      facility,
      day,
      shift: text('shift'),
      line_id: text('line'),
      product_sku: text('product'),
      units: Number(units),
    })
  }
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <NativeSelect
        label={texts.facility}
        value={facility}
        data={facilities.map((code) => ({ value: code, label: vocabulary.facilities[code] }))}
        onChange={(event) => setFacility(facilities.find((code) => code === event.currentTarget.value) ?? facility)}
      />
      <TextInput
        name="day"
        type="date"
        label={texts.day}
        defaultValue={start.day ?? today}
        max={today}
        error={wrong === 'day' && texts.wrongDay}
      />
      <NativeSelect
        name="product"
        label={texts.product}
        key={products.length}
        defaultValue={start.product_sku || products[0]?.code}
        data={products.map(({ code }) => code)}
      />
      <NativeSelect
        name="shift"
        label={figures.shift}
        key={`${facility} ${shifts.join()}`}
        defaultValue={start.shift}
        data={[
          { value: '', label: figures.allShifts },
          ...shifts.map((name) => ({ value: name, label: shiftName(name) })),
        ]}
      />
      <TextInput name="line" label={texts.line} defaultValue={start.line_id} maxLength={100} list={`${id}-lines`} />
      <TextInput
        name="units"
        label={texts.count}
        inputMode="numeric"
        defaultValue={start.units}
        maxLength={10}
        error={wrong === 'units' && texts.wrongCount}
      />
      <datalist id={`${id}-lines`}>
        {choices?.lines.map((line) => (
          <option key={line} value={line} />
        ))}
      </datalist>
      <Button type="submit" loading={isSending} leftSection={<IconDeviceFloppy size={18} aria-hidden />}>
        {texts.save}
      </Button>
    </form>
  )
}
