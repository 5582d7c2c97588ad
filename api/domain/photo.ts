import type { Facility, Language } from './vocabulary.ts'

/** The normalised picture that is shown, analysed and boxed: EXIF orientation applied, metadata removed. */
export interface UprightImage {
  /** JPEG bytes. */
  jpeg: Buffer
  /** Pixels. */
  width: number
  height: number
}

/** Fields that the client sent with a photo. Texts are trimmed and codes normalised. */
export interface PhotoFields {
  fileName: string | null
  productSku: string
  facility: Facility
  language: Language
  productionData: Record<string, unknown> | null
  metadata: Partial<Record<'partId' | 'station' | 'lineId' | 'shift' | 'lot' | 'operator' | 'eventId', string>>
  /** True: analyse even if the same photo has a stored result. */
  reanalyze: boolean
  /** True: the analysis is void from the start. Undefined in ingest jobs of the previous version. */
  testShot?: boolean | undefined
  /** Caller.id. Duplicates are only detected within one caller. */
  caller: string
}
