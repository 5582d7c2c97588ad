import type { Facility, Language } from './vocabulary.ts'

/** The one picture that is shown, analysed and boxed: orientation baked in, metadata gone. */
export interface UprightImage {
  /** JPEG bytes. */
  jpeg: Buffer
  /** Pixels. */
  width: number
  height: number
}

/** What the client said of a photo; texts are trimmed, codes are in the vocabulary's form. */
export interface PhotoFields {
  fileName: string | null
  productSku: string
  facility: Facility
  language: Language
  productionData: Record<string, unknown> | null
  metadata: Partial<Record<'partId' | 'station' | 'lineId' | 'shift' | 'lot' | 'operator' | 'eventId', string>>
  /** True: do not answer from the store. */
  reanalyze: boolean
  /** True: void from the start. Undefined: of an ingest job of the version before. */
  testShot?: boolean | undefined
  /** Caller.id: duplicates are answered to the same caller only. */
  caller: string
}
