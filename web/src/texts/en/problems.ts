/** The problems that the API answers, by the last part of their type. */
export type ProblemKind =
  | 'analyzer-content-filtered'
  | 'analyzer-malformed'
  | 'analyzer-overloaded'
  | 'analyzer-rate-limited'
  | 'analyzer-refused'
  | 'analyzer-timeout'
  | 'analyzer-truncated'
  | 'analyzer-unauthorized'
  | 'analyzer-unavailable'
  | 'analyzer-unreadable'
  | 'analyzer-untranslatable'
  | 'bad-field'
  | 'budget-spent'
  | 'forbidden'
  | 'form-too-large'
  | 'image-archived'
  | 'image-empty'
  | 'image-not-an-image'
  | 'image-overloaded'
  | 'image-too-large'
  | 'image-too-many-pixels'
  | 'image-unreadable'
  | 'image-unsupported-type'
  | 'internal'
  | 'invalid-form'
  | 'key-expired'
  | 'key-revoked'
  | 'not-found'
  | 'not-ready'
  | 'nothing-to-do'
  | 'nothing-to-translate'
  | 'rate-limited'
  | 'request-running'
  | 'reviewed-meanwhile'
  | 'unauthorized'
  | 'units-overlap'
  | 'uploads-overloaded'

/** What went wrong. The service itself speaks English, and says more than its kind does. */
export const problems = {
  kinds: null as Record<ProblemKind, string> | null,
  unreachable: 'The service cannot be reached. Check the network and try again.',
  status: (status: number) => `The service answered with status ${status}.`,
}
