import type { Language } from '../api/types.ts'

/** What the build has written into index.html: the files of each screen, those that only a language needs, and the libraries (../../preload.ts). */
function filesByScreen(): Record<string, string[]> {
  const written = document.querySelector<HTMLMetaElement>('meta[name="screen-files"]')?.content
  return written ? (JSON.parse(written) as Record<string, string[]>) : {}
}

function fetchAhead(file: string): void {
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.crossOrigin = ''
  // The first paint goes before.
  link.fetchPriority = 'low'
  link.href = `/${file}`
  document.head.append(link)
}

/** Runs the libraries one after the other, each in a task of its own, so that a finger is answered in between. */
export async function runLibraries(): Promise<void> {
  for (const file of filesByScreen().libraries ?? []) await import(/* @vite-ignore */ `/${file}`)
}

/** Begins to fetch the files of an address's screen, without running them. */
export function fetchScreenFiles(path: string, language: Language): void {
  const files = filesByScreen()
  const screen = path.split('/')[1] || 'inspect'
  for (const name of [`every ${language}`, screen, `${screen} ${language}`]) files[name]?.forEach(fetchAhead)
}
