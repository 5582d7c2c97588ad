import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cleanText } from '../../domain/text.ts'
import { ProblemError } from './problem.ts'

/** Deeper than real client data, and far from overflowing the stack of a recursive reader. */
const MAX_DEPTH = 64
/** Any integer with this many digits is exact in a double. */
const EXACT_DIGITS = 15

const QUOTE = 0x22
const BACKSLASH = 0x5c
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Creates the 400 for a fault such as "is not valid JSON", naming its location. */
export type Refuse = (fault: string) => ProblemError

const refuseBody =
  (kind: string): Refuse =>
  (fault) =>
    new ProblemError(400, kind, `The body ${fault}`)

/** Index after the string that begins at `start`. A native search, because a 20 MB picture is a single string. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((end - before) % 2 === 1) return end + 1
  }
  return text.length
}

/** Significant digits of a number literal. */
const digitsOf = (literal: string): string =>
  literal
    .replace(/[eE].*$/, '')
    .replaceAll(/[-.]/g, '')
    .replace(/^0+/, '')

function refuseUnexact(literal: string, refuse: Refuse): void {
  const value = Number(literal)
  const digits = digitsOf(literal)
  if (!Number.isFinite(value) || (value === 0 && digits !== '')) {
    throw refuse(`has the number ${literal.slice(0, 40)}, which is out of range; send it as text`)
  }
  if (digits.length > EXACT_DIGITS && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw refuse(
      `has the number ${literal.slice(0, 40)}, which is beyond ${Number.MAX_SAFE_INTEGER} and would lose digits; send it as text`,
    )
  }
}

/**
 * Rejects excessive nesting, and numbers that a double would change, before anything is built. Only looks outside of
 * strings; JSON.parse checks the syntax.
 */
function scan(text: string, refuse: Refuse): void {
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      continue
    }
    // [ and {, ] and }
    if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) throw refuse(`is nested deeper than ${MAX_DEPTH} levels`)
    } else if (code === 0x5d || code === 0x7d) {
      depth--
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      NUMBER.lastIndex = at
      const literal = NUMBER.exec(text)?.[0]
      if (literal !== undefined) {
        if (literal.length > EXACT_DIGITS || /[eE]/.test(literal)) refuseUnexact(literal, refuse)
        at += literal.length
        continue
      }
    }
    at++
  }
}

/** Cleans all strings, including keys, in place where possible. Rejects names that reach an object's prototype. */
function clean(value: unknown, refuse: Refuse): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = clean(item, refuse)
    return value
  }
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const key = cleanText(name)
    if (key === '__proto__' || (key === 'constructor' && Object.hasOwn(Object(inner), 'prototype'))) {
      throw refuse(`has the name ${key}, which is not allowed`)
    }
    return [key, clean(inner, refuse)]
  })
  return Object.fromEntries(entries)
}

/** Parses JSON from a client and cleans its strings. Throws the error that `refuse` creates. */
export function parseJson(text: string, refuse: Refuse): unknown {
  scan(text, refuse)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('is not valid JSON')
  }
  return clean(value, refuse)
}

/**
 * Decodes text. Throws the error that `refuse` creates if the bytes are not UTF-8: another decoding would silently
 * change letters.
 */
export function readUtf8(bytes: Buffer, refuse: Refuse): string {
  if (!isUtf8(bytes)) throw refuse('is not valid UTF-8; send the text in UTF-8')
  const text = bytes.toString()
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

/** Throws a 400 if the Content-Type names a charset other than UTF-8. */
export function refuseOtherCharsets(contentType = ''): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]
  if (charset === undefined || /^utf-?8$/i.test(charset)) return
  throw new ProblemError(
    400,
    'not-utf-8',
    `The charset ${charset.slice(0, 40)} is not supported; send the text in UTF-8`,
  )
}

/** Replaces Fastify's JSON body parser. */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    refuseOtherCharsets(request.headers['content-type'])
    if (body.length === 0) throw new ProblemError(400, 'empty-body', 'The body is empty; send JSON')
    return parseJson(readUtf8(body, refuseBody('not-utf-8')), refuseBody('invalid-json'))
  })
}
