import { newResults } from './new-results.ts'
import { API_ORIGIN } from './origin.ts'
import { readProblem, unreachable } from './problem.ts'
import { session } from './session.ts'
import type { Analysis, PhotoFields } from './types.ts'

export interface Upload {
  file: File
  fields: PhotoFields
  /** The same for each attempt to send this photo with these fields: the service then does it once. */
  idempotencyKey: string
  /** Called with the share that has been sent, 0 to 1; 1 means that the service has it all. */
  onSent: (share: number) => void
  signal: AbortSignal
}

/**
 * Sends one photo for analysis. XMLHttpRequest, because fetch tells nothing about the progress of an upload. Throws a
 * ProblemError, or an AbortError where the signal ended it.
 */
export function analyzePhoto({ file, fields, idempotencyKey, onSent, signal }: Upload): Promise<Analysis> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== '') form.set(name, String(value))
  }
  form.set('image', file, file.name)

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const token = session.get()?.token ?? null
    request.open('POST', `${API_ORIGIN}/api/v1/analyze`)
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.setRequestHeader('Idempotency-Key', idempotencyKey)
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.upload.onload = () => onSent(1)
    request.onload = () => {
      if (request.status === 200) {
        try {
          resolve((JSON.parse(request.responseText) as { analysis: Analysis }).analysis)
          newResults.dispatchEvent(new Event('added'))
        } catch {
          reject(unreachable())
        }
        return
      }
      if (request.status === 401) session.refused(token)
      reject(readProblem(request.status, request.responseText, (name) => request.getResponseHeader(name)))
    }
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) reject(new DOMException('Cancelled', 'AbortError'))
    else request.send(form)
  })
}
