const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })
const number = new Intl.NumberFormat()

/** A time in the reader's own time zone. */
export const formatTime = (iso: string): string => dateTime.format(new Date(iso))
export const formatShare = (share: number): string => percent.format(share)
export const formatNumber = (value: number): string => number.format(value)
export const formatSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

/** A file size in binary units, as the service counts its limit. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
}
