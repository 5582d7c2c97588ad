import { useEffect, useState } from 'react'
import { limitConcurrency } from './queue/limit-concurrency.ts'

/** Pixels; twice the width on the screen. */
const WIDTH = 112
/** A photo is decoded in full, 50 MB for 12 megapixels: never many at once. */
const inTurn = limitConcurrency(2)

/** A small upright copy of the picture; null where the browser cannot decode it. */
async function makeThumbnail(file: File): Promise<Blob | null> {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: WIDTH, resizeQuality: 'medium' })
    const canvas = document.createElement('canvas')
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    bitmap.close()
    return await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8))
  } catch {
    return null
  }
}

/** Address of a small picture of the file, made while it is on the screen and given back after it; null until it is there. */
export function useThumbnail(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    let made: string | null = null
    void inTurn(async () => {
      const blob = gone || !file ? null : await makeThumbnail(file)
      if (!blob || gone) return
      made = URL.createObjectURL(blob)
      setAddress(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [file])
  return address
}
