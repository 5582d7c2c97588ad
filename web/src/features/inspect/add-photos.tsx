import { Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCamera, IconFolderOpen, IconPhotoPlus, IconUpload } from '@tabler/icons-react'
import { useFormats, useTexts } from '../../language/use-language.ts'
import classes from './add-photos.module.css'
import { namesOf, type UploadRules } from './check-file.ts'
import { type Gathered, gatherDropped } from './dropped-files.ts'
import { FileButton } from './file-button.tsx'
import { useFileDrop, useFilePaste } from './file-events.ts'
import { SampleOffer } from './sample-offer.tsx'

interface AddPhotosProps {
  rules: UploadRules | null
  disabled: boolean
  /** What has come of the last folder, in words. */
  note: string | null
  /** For whoever has no photo at hand yet. */
  offerSample: boolean
  onGather: (gathered: Promise<Gathered>) => void
}

/** The ways into the queue: button, folder, camera, drop and paste. */
export function AddPhotos({ rules, disabled, note, offerSample, onGather }: AddPhotosProps) {
  const texts = useTexts().inspect
  const formats = useFormats()
  const touch = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false })
  const onFiles = (files: File[]) => onGather(Promise.resolve({ files, inFolders: [] }))
  const onFolder = (inFolders: File[]) => onGather(Promise.resolve({ files: [], inFolders }))
  const over = useFileDrop((data) => onGather(gatherDropped(data)))
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
        {touch ? (
          <FileButton
            accept="image/*"
            camera
            onFiles={onFiles}
            disabled={disabled}
            size="md"
            variant="default"
            leftSection={<IconCamera size={20} aria-hidden />}
          >
            {texts.camera}
          </FileButton>
        ) : (
          <FileButton
            folder
            onFiles={onFolder}
            disabled={disabled}
            size="md"
            variant="default"
            leftSection={<IconFolderOpen size={20} aria-hidden />}
          >
            {texts.folder}
          </FileButton>
        )}
      </Group>
      <Text size="sm" className={classes.dropHint}>
        {texts.dropHint}
      </Text>
      {rules && (
        <Text size="sm" c="dimmed">
          {texts.rule(formats.either([...namesOf(rules.types), 'HEIC']), formats.bytes(rules.maxBytes))}
        </Text>
      )}
      {offerSample && <SampleOffer disabled={disabled} onGather={onGather} />}
      <Text size="sm" role="status" className={classes.note}>
        {note}
      </Text>
      {over && (
        <div className={classes.overlay} role="status">
          <IconUpload size={48} aria-hidden />
          {texts.dropNow}
        </div>
      )}
    </section>
  )
}
