import { Button, type ButtonProps } from '@mantine/core'
import { useEffect, useRef } from 'react'

interface FileButtonProps extends ButtonProps {
  accept?: string | undefined
  multiple?: boolean
  /** Opens the camera at once, where the device has one. */
  camera?: boolean
  /** Chooses a folder, and so all files below it. */
  folder?: boolean
  onFiles: (files: File[]) => void
}

/** A button that lets files be chosen; the same file may be chosen again. */
export function FileButton({ accept, multiple, camera, folder = false, onFiles, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // React knows no such attribute.
    if (input.current) input.current.webkitdirectory = folder
  }, [folder])
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
