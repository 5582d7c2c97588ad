export type GoldenErrorCode =
  /** No golden, or more than MAX_GOLDENS. */
  | 'count'
  /** The goldens, or a photo's raster, do not have one size. */
  | 'size'
  /** A region, polygon or scale that means nothing. */
  | 'options'
  /** Bytes that are no model, or no longer the one that was written. */
  | 'damaged'
  /** A model of a later release. */
  | 'version'
  /** Bytes that are no photo. */
  | 'photo'

/** What the caller gave cannot be used; the message says what is wrong. */
export class GoldenError extends Error {
  readonly code: GoldenErrorCode

  constructor(code: GoldenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GoldenError'
    this.code = code
  }
}
