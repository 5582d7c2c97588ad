/** Why a picture is refused. */
export type ImageFailure =
  | 'empty' // zero bytes
  | 'not_an_image' // not a known image format
  | 'unsupported_type' // an image, but not JPEG, PNG or WebP, or an animation
  | 'too_large' // too many bytes
  | 'too_many_pixels' // the header declares more pixels than we decode
  | 'unreadable' // truncated or corrupt
  | 'overloaded' // our limit on concurrent decodes; the picture itself may be fine

/** A refused picture. The message is shown to the sender and says what to do. */
export class ImageError extends Error {
  readonly failure: ImageFailure
  /** Seconds to wait before a retry, if known. */
  readonly retryAfterSeconds: number | undefined

  constructor(failure: ImageFailure, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, { cause: options?.cause })
    this.name = 'ImageError'
    this.failure = failure
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}

/** No stored image has this key, or the key is malformed. */
export class ImageNotFound extends Error {
  constructor(key: string, options?: { cause?: unknown }) {
    super(`No stored image has the key ${JSON.stringify(key.slice(0, 200))}`, options)
    this.name = 'ImageNotFound'
  }
}

/** The image is in an S3 archive storage class and must be restored before it can be read. */
export class ImageArchived extends Error {
  constructor(key: string, options?: { cause?: unknown }) {
    super(`The stored image ${key} is archived; restore it first`, options)
    this.name = 'ImageArchived'
  }
}
