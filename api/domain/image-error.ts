/** Why a picture is not taken. */
export type ImageFailure =
  | 'empty' // no bytes at all
  | 'not_an_image' // the bytes are no picture
  | 'unsupported_type' // a picture, but neither JPEG, PNG nor WebP, or an animation
  | 'too_large' // too many bytes
  | 'too_many_pixels' // the header announces more than we decode
  | 'unreadable' // truncated or broken
  | 'overloaded' // our own bound on decodes; nothing is wrong with the picture

/** A picture that is refused. The message is for the person who sent it and says what to do. */
export class ImageError extends Error {
  readonly failure: ImageFailure
  /** Seconds after which a retry makes sense, where known. */
  readonly retryAfterSeconds: number | undefined

  constructor(failure: ImageFailure, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, { cause: options?.cause })
    this.name = 'ImageError'
    this.failure = failure
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}

/** No stored image has this key, or the key is not one of ours. */
export class ImageNotFound extends Error {
  constructor(key: string, options?: { cause?: unknown }) {
    super(`There is no stored image ${JSON.stringify(key.slice(0, 200))}`, options)
    this.name = 'ImageNotFound'
  }
}

/** The image lies in an archive class of S3 and must be restored before it can be read. */
export class ImageArchived extends Error {
  constructor(key: string, options?: { cause?: unknown }) {
    super(`The stored image ${key} is archived; restore it first`, options)
    this.name = 'ImageArchived'
  }
}
