import { PHOTO_CHECKS, type PhotoFaultCode } from '../../../../api/domain/photo-limits.ts'

/** A share is shown and typed in percent; the service has it from 0 to 1. */
const SHARES: readonly PhotoFaultCode[] = ['no_part', 'overexposed', 'glare']

const factorOf = (code: PhotoFaultCode): number => (SHARES.includes(code) ? 100 : 1)

/** Without what a product of binary fractions leaves. */
const round = (value: number): number => Number(value.toFixed(6))

/** A limit as people read and type it. */
export const shownLimit = (code: PhotoFaultCode, limit: number): number => round(limit * factorOf(code))
export const storedLimit = (code: PhotoFaultCode, shown: number): number => round(shown / factorOf(code))

/** The most that a limit may be, as it is shown. */
export const mostOf = (code: PhotoFaultCode): number => shownLimit(code, PHOTO_CHECKS[code].most)

/** Whether more is worse. */
export const isUpper = (code: PhotoFaultCode): boolean => PHOTO_CHECKS[code].fault === 'above'
