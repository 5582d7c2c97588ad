import { Button, Collapse, NativeSelect, SimpleGrid, Skeleton, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Facility, PhotoFields } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { metadataFields, type Settings } from './remembered.ts'
import { texts } from './texts.ts'

interface PartFormProps {
  products: readonly { code: string; name: string }[] | undefined
  facilities: readonly { code: Facility; name: string }[] | undefined
  settings: Settings
  /** What would go with a photo now. */
  fields: PhotoFields | null
  onChange: (part: Settings) => void
}

/** Which part the next photos are of. */
export function PartForm({ products, facilities, settings, fields, onChange }: PartFormProps) {
  const [open, { toggle }] = useDisclosure(metadataFields.some((field) => settings[field]))
  if (!products || !facilities) {
    return (
      <Panel title={texts.part}>
        <Skeleton height={132} aria-label={texts.listsLoading} role="status" />
      </Panel>
    )
  }
  const Chevron = open ? IconChevronUp : IconChevronDown
  return (
    <Panel title={texts.part}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 1 }} spacing="sm" verticalSpacing="xs">
        <NativeSelect
          label={texts.product}
          size="md"
          value={fields?.product_sku}
          onChange={(event) => onChange({ product_sku: event.currentTarget.value })}
          data={products.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        />
        <NativeSelect
          label={texts.facility}
          size="md"
          value={fields?.facility}
          onChange={(event) => onChange({ facility: event.currentTarget.value })}
          data={facilities.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </SimpleGrid>
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
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
          {metadataFields.map((field) => (
            <TextInput
              key={field}
              label={texts.metadata[field]}
              maxLength={100}
              autoComplete="off"
              value={settings[field] ?? ''}
              style={field === 'part_id' ? { gridColumn: '1 / -1' } : undefined}
              onChange={(event) => onChange({ [field]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
      </Collapse>
    </Panel>
  )
}
