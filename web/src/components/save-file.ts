/** Gives a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** The name of a CSV of what there is, as the service names it, too. */
export const fileName = (...parts: (string | null | undefined)[]): string =>
  `${parts.flatMap((part) => part?.replaceAll(/[^\p{L}\p{N}._]+/gu, '-').replaceAll(/^-|-$/g, '') || []).join('-')}.csv`
