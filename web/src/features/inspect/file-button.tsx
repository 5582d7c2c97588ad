import { Button, type ButtonProps } from '@mantine/core'
import { useRef } from 'react'

interface FileButtonProps extends ButtonProps {
  accept: string | undefined
  multiple?: boolean
  /** Opens the camera at once, where the device has one. */
  camera?: boolean
  onFiles: (files: File[]) => void
}

/** A button that lets files be chosen; the same file may be chosen again. */
export function FileButton({ accept, multiple, camera, onFiles, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        capture={camera ? 'environment' : undefined}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // Or choosing the same file again would be no change.
          currentTarget.value = ''
        }}
      />
      <Button {...button} onClick={() => input.current?.click()} />
    </>
  )
}
