import { Button, Collapse, NativeSelect, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Facility, PhotoFields } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { useTexts } from '../../language/use-language.ts'
import classes from './part-form.module.css'
import { metadataFields, type Settings } from './remembered.ts'
import { WaitingPhotos } from './waiting-photos.tsx'

interface PartFormProps {
  products: readonly { code: string; name: string }[] | undefined
  facilities: readonly { code: Facility }[] | undefined
  settings: Settings
  /** What would go with a photo now. */
  fields: PhotoFields | null
  onChange: (part: Settings) => void
}

/** Which part the next photos are of. */
export function PartForm({ products, facilities, settings, fields, onChange }: PartFormProps) {
  const { inspect: texts, vocabulary } = useTexts()
  const [open, { toggle }] = useDisclosure(metadataFields.some((field) => settings[field]))
  const loading = !products || !facilities
  const Chevron = open ? IconChevronUp : IconChevronDown
  return (
    <Panel title={texts.part}>
      {loading && <VisuallyHidden role="status">{texts.listsLoading}</VisuallyHidden>}
      <div className={classes.fields}>
        <NativeSelect
          label={texts.product}
          size="md"
          disabled={loading}
          value={fields?.product_sku}
          onChange={(event) => onChange({ product_sku: event.currentTarget.value })}
          data={products?.map(({ code, name }) => ({
            value: code,
            label: `${code} · ${vocabulary.products[name] ?? name}`,
          }))}
        />
        <NativeSelect
          label={texts.facility}
          size="md"
          disabled={loading}
          value={fields?.facility}
          onChange={(event) => onChange({ facility: event.currentTarget.value })}
          data={facilities?.map(({ code }) => ({ value: code, label: vocabulary.facilities[code] }))}
        />
      </div>
      <Button
        variant="subtle"
        mt="xs"
        px="xs"
        ml={-8}
        aria-expanded={open}
        onClick={toggle}
        rightSection={<Chevron size={18} aria-hidden />}
      >
        {texts.details}
      </Button>
      <Collapse expanded={open}>
        <Text size="sm" c="dimmed" mb="xs">
          {texts.detailsKept}
        </Text>
        <div className={classes.details}>
          {metadataFields.map((field) => (
            <TextInput
              key={field}
              label={texts.metadata[field]}
              maxLength={100}
              autoComplete="off"
              value={settings[field] ?? ''}
              className={field === 'part_id' ? classes.wide : undefined}
              onChange={(event) => onChange({ [field]: event.currentTarget.value })}
            />
          ))}
        </div>
      </Collapse>
      {fields && <WaitingPhotos fields={fields} />}
    </Panel>
  )
}
