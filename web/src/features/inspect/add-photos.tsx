import { Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCamera, IconPhotoPlus, IconUpload } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './add-photos.module.css'
import { namesOf, type UploadRules } from './check-file.ts'
import { FileButton } from './file-button.tsx'
import { useFileDrop, useFilePaste } from './file-events.ts'

interface AddPhotosProps {
  rules: UploadRules | null
  disabled: boolean
  onFiles: (files: File[]) => void
}

/** The ways into the queue: button, camera, drop and paste. */
export function AddPhotos({ rules, disabled, onFiles }: AddPhotosProps) {
  const texts = useTexts().inspect
  const formats = useFormats()
  const touch = useMediaQuery('(pointer: coarse)')
  const over = useFileDrop(onFiles)
  useFilePaste(onFiles)
  const accept = rules?.types.join(',')
  return (
    <section className={classes.zone} aria-label={texts.photos} data-over={over}>
      <Group gap="sm" justify="center">
        <FileButton
          accept={accept}
          multiple
          onFiles={onFiles}
          disabled={disabled}
          size="md"
          leftSection={<IconPhotoPlus size={20} aria-hidden />}
        >
          {texts.choose}
        </FileButton>
        {touch && (
          <FileButton
            accept={accept}
            camera
            onFiles={onFiles}
            disabled={disabled}
            size="md"
            variant="default"
            leftSection={<IconCamera size={20} aria-hidden />}
          >
            {texts.camera}
          </FileButton>
        )}
      </Group>
      <Text size="sm" className={classes.dropHint}>
        {texts.dropHint}
      </Text>
      {rules && (
        <Text size="sm" c="dimmed">
          {texts.rule(formats.either(namesOf(rules.types)), formats.bytes(rules.maxBytes))}
        </Text>
      )}
      {over && (
        <div className={classes.overlay} role="status">
          <IconUpload size={48} aria-hidden />
          {texts.dropNow}
        </div>
      )}
    </section>
  )
}
