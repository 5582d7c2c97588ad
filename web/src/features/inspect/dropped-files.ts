import { isPhoto } from './check-file.ts'
import { limitConcurrency } from './queue/limit-concurrency.ts'

/** Files of a folder that are looked at, and folders that are read, at a time. */
const READ_AT_ONCE = 8

/** What came in by one action. */
export interface Gathered {
  /** Chosen one by one: each is taken or refused by name. */
  files: File[]
  /** Found in folders: what is no photo is left out. */
  inFolders: File[]
  /** No part of the plant: the result counts nowhere. */
  testShot?: true
}

const readFile = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** A directory is told in portions, the last of which is empty. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return entries
    entries.push(...portion)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** All files below a folder. One that cannot be read is left out, as it is for the browser's own dialogue. */
async function filesBelow(
  folder: FileSystemDirectoryEntry,
  read: ReturnType<typeof limitConcurrency>,
): Promise<File[]> {
  const entries = await read(() => readFolder(folder)).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (isFolder(entry)) return filesBelow(entry, read)
      return isFile(entry) ? await read(async () => [await readFile(entry)]).catch(() => []) : []
    }),
  )
  return found.flat()
}

/** The files of a drop, those of its folders too. To be called in the event itself: the data is gone after it. */
export function gatherDropped(data: DataTransfer): Promise<Gathered> {
  const items = [...data.items].filter(({ kind }) => kind === 'file')
  const folders: FileSystemDirectoryEntry[] = []
  const files: File[] = []
  for (const item of items) {
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry && isFolder(entry)) folders.push(entry)
    else if (file) files.push(file)
  }
  const read = limitConcurrency(READ_AT_ONCE)
  return Promise.all(folders.map((folder) => filesBelow(folder, read))).then((found) => ({
    files,
    inFolders: found.flat(),
  }))
}

/** Those of the files that are photos, by name, and how many were left out. */
export async function photosAmong(files: readonly File[]): Promise<{ photos: File[]; others: number }> {
  const look = limitConcurrency(READ_AT_ONCE)
  const looked = await Promise.all(files.map((file) => look(() => isPhoto(file))))
  const photos = files.filter((_, index) => looked[index])
  const byName = new Intl.Collator(undefined, { numeric: true })
  return {
    photos: photos.sort((a, b) => byName.compare(a.name, b.name)),
    others: files.length - photos.length,
  }
}
