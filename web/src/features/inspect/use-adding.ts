import { useEffect, useEffectEvent, useState } from 'react'
import { toProblem } from '../../api/problem.ts'
import type { PhotoFields } from '../../api/types.ts'
import { problemText } from '../../components/problem-text.ts'
import { useTexts } from '../../language/use-language.ts'
import type { UploadRules } from './check-file.ts'
import { type Gathered, photosAmong } from './dropped-files.ts'
import { photoQueue } from './queue/photo-queue.ts'

/** Photos dropped or pasted before the lists have come, or before somebody has signed in: they are not lost. */
const early: { files: readonly File[]; testShot: boolean }[] = []

/** Puts what was gathered into the queue, as soon as it is known what goes with it. `note` says what came of folders. */
export function useAdding(fields: PhotoFields | null, rules: UploadRules | null) {
  const messages = useTexts()
  const texts = messages.inspect
  const [note, setNote] = useState<string | null>(null)
  const ready = fields !== null && rules !== null

  const add = useEffectEvent((files: readonly File[], testShot: boolean) => {
    if (fields && rules) void photoQueue.add(files, testShot ? { ...fields, test_shot: true } : fields, rules)
    else early.push({ files, testShot })
  })
  useEffect(() => {
    if (ready) for (const { files, testShot } of early.splice(0)) add(files, testShot)
  }, [ready])

  async function gather(gathering: Promise<Gathered>): Promise<void> {
    setNote(null)
    const slow = setTimeout(() => setNote(texts.lookingThrough), 500)
    try {
      const { files, inFolders, testShot = false } = await gathering
      const { photos, others } = await photosAmong(inFolders)
      const all = [...files, ...photos]
      setNote(others > 0 || all.length === 0 ? texts.leftOut(photos.length, others) : null)
      if (all.length > 0) add(all, testShot)
    } catch (error) {
      setNote(problemText(toProblem(error), messages))
    } finally {
      clearTimeout(slow)
    }
  }
  return { note, gather: (gathering: Promise<Gathered>) => void gather(gathering) }
}
