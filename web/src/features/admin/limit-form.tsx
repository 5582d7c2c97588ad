import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { PHOTO_FAULTS, type PhotoFaultCode } from '../../../../api/domain/photo-limits.ts'
import { productsQuery } from '../../api/queries.ts'
import type { PhotoLimitChange, PhotoLimitSettings } from '../../api/types.ts'
import { useFormats, useTexts } from '../../language/use-language.ts'
import { isUpper, mostOf, shownLimit, storedLimit } from './limit-units.ts'
import classes from './photo-limits.module.css'
import { useAdminTexts } from './texts.ts'

interface LimitFormProps {
  /** Null: of a product or station that has none yet. */
  setting: PhotoLimitSettings['settings'][number] | null
  all: PhotoLimitSettings
  busy: boolean
  problem: ReactNode
  onSubmit: (change: PhotoLimitChange) => void
  onCancel: () => void
}

type Typed = Record<PhotoFaultCode, number | string>

/** Limits of one product or station; a field that is left empty keeps the default. */
export function LimitForm({ setting, all, busy, problem, onSubmit, onCancel }: LimitFormProps) {
  const { photoLimits: texts } = useAdminTexts()
  const { vocabulary } = useTexts()
  const { number } = useFormats()
  const products = useQuery(productsQuery).data ?? []
  const [scope, setScope] = useState<PhotoLimitChange['scope']>(setting?.scope ?? 'product')
  const [named, setNamed] = useState(setting?.name ?? '')
  const [typed, setTyped] = useState(
    () =>
      Object.fromEntries(
        PHOTO_FAULTS.map((code) => {
          const limit = setting?.limits[code]
          return [code, limit === undefined ? '' : shownLimit(code, limit)]
        }),
      ) as Typed,
  )
  const [checked, setChecked] = useState(false)
  const titleId = useId()

  const name = scope === 'product' ? named || (products[0]?.code ?? '') : named.trim()
  const taken = !setting && all.settings.some((one) => one.scope === scope && one.name === name)
  const nameFault = name === '' ? texts.faults.noName : taken ? texts.faults.taken : null
  const faultOf = (code: PhotoFaultCode): string | null => {
    const value = typed[code]
    if (value === '') return null
    const most = mostOf(code)
    const fits = Number.isFinite(Number(value)) && Number(value) >= 0 && Number(value) <= most
    return fits ? null : texts.faults.range(number(most), texts.figures[code].unit)
  }
  const none = PHOTO_FAULTS.every((code) => typed[code] === '')
  const valid = !nameFault && !none && PHOTO_FAULTS.every((code) => faultOf(code) === null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!valid) return
    const set = PHOTO_FAULTS.filter((code) => typed[code] !== '')
    onSubmit({
      scope,
      name,
      limits: Object.fromEntries(set.map((code) => [code, storedLimit(code, Number(typed[code]))])),
    })
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-labelledby={titleId}>
      <Stack>
        <h3 id={titleId}>{setting ? texts.titles[setting.scope](setting.name) : texts.add}</h3>
        {!setting && (
          <div className={classes.fields}>
            <NativeSelect
              label={texts.scope}
              value={scope}
              data={(['product', 'station'] as const).map((value) => ({ value, label: texts.scopes[value] }))}
              onChange={(event) => {
                setScope(event.currentTarget.value === 'station' ? 'station' : 'product')
                setNamed('')
              }}
            />
            {scope === 'product' ? (
              <NativeSelect
                label={texts.scopes.product}
                value={name}
                error={checked && nameFault}
                data={products.map((one) => ({
                  value: one.code,
                  label: `${one.code} · ${vocabulary.products[one.name] ?? one.name}`,
                }))}
                onChange={(event) => setNamed(event.currentTarget.value)}
              />
            ) : (
              <TextInput
                label={texts.scopes.station}
                description={texts.stationHint}
                value={named}
                maxLength={100}
                error={checked && nameFault}
                onChange={(event) => setNamed(event.currentTarget.value)}
              />
            )}
          </div>
        )}
        <Text size="sm" c="dimmed">
          {texts.formHint}
        </Text>
        <div className={classes.fields}>
          {PHOTO_FAULTS.map((code) => {
            const { name: label, meaning, unit } = texts.figures[code]
            return (
              <NumberInput
                key={code}
                label={`${label} (${isUpper(code) ? texts.mostWord : texts.leastWord}, ${unit})`}
                description={meaning}
                placeholder={texts.standard(number(shownLimit(code, all.default[code])))}
                hideControls
                value={typed[code]}
                error={checked && faultOf(code)}
                onChange={(value) => setTyped({ ...typed, [code]: value })}
              />
            )
          })}
        </div>
        {checked && none && (
          <Text size="sm" c="var(--bad-ink)" role="alert">
            {texts.faults.none}
          </Text>
        )}
        {problem}
        <Group>
          <Button type="submit" loading={busy}>
            {texts.save}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
