import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Reader } from './reader.ts'

/** One entry of the product list. */
export interface Product {
  code: string
  name: string
  /**
   * Length-to-width ratio in a photo, by which the local analyzer recognises the product. Undefined: not recognised.
   */
  elongation?: { least?: number; most?: number }
  /** True: a part with nothing but cosmetic flaws is NG. Left out: they are within tolerance, and it is OK. */
  cosmeticIsDefect?: boolean
}

/** The products of config/products.json and of EXTRA_PRODUCTS ("WK-CI-300=30 cm braising pan, ..."). */
export function readProducts(read: Reader): Product[] {
  const products: Product[] = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../config/products.json'), 'utf8'),
  )
  for (const entry of (read.raw('EXTRA_PRODUCTS') ?? '').split(',')) {
    if (!entry.trim()) continue
    const [code = '', ...name] = entry.split('=').map((part) => part.trim())
    if (!/^[A-Z0-9][A-Z0-9._-]{0,49}$/.test(code) || !name.join('=')) {
      read.fault(
        'EXTRA_PRODUCTS',
        'must be a comma-separated list of SKU=name, the SKU in capitals, such as WK-CI-300=30 cm pan',
      )
      break
    }
    products.push({ code, name: name.join('=') })
  }
  return products
}
