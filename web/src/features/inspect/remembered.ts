import { useState } from 'react'
import type { Facility, PhotoFields } from '../../api/types.ts'

export const metadataFields = ['line_id', 'station', 'shift', 'lot', 'operator', 'part_id'] as const
export type MetadataField = (typeof metadataFields)[number]

/** What the inspector has set, as far as it was set. */
export type Settings = Partial<Record<MetadataField | 'product_sku' | 'facility', string>>

const STORAGE_KEY = 'wiko.inspect'

function read(): Settings {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'))
  } catch {
    return {}
  }
}

/** Settings that stay on the device, for the next photo and the next day. */
export function useRemembered(): [Settings, (part: Settings) => void] {
  const [settings, setSettings] = useState(read)
  const change = (part: Settings) => {
    const next = { ...settings, ...part }
    setSettings(next)
    localStorage.setItem(STORAGE_KEY, JSON.stringify(next))
  }
  return [settings, change]
}

interface Lists {
  products: readonly { code: string }[]
  facilities: readonly { code: Facility; role: string }[]
}

/** The fields of a photo: remembered codes only while they are still on the lists. Null where a list is empty. */
export function fieldsOf(settings: Settings, { products, facilities }: Lists): PhotoFields | null {
  const product = products.find(({ code }) => code === settings.product_sku) ?? products[0]
  const facility =
    facilities.find(({ code }) => code === settings.facility) ??
    facilities.find(({ role }) => role === 'production') ??
    facilities[0]
  if (!product || !facility) return null
  const metadata = metadataFields.flatMap((field) => {
    const text = settings[field]?.trim()
    return text ? [[field, text]] : []
  })
  return { product_sku: product.code, facility: facility.code, ...Object.fromEntries(metadata) }
}
