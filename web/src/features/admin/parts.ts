import type { ComponentType } from 'react'
import { AuditLogPage } from './audit-log-page.tsx'
import { KeysPage } from './keys-page.tsx'
import { PhotoLimitsPage } from './photo-limits-page.tsx'
import { ShiftsPanel } from './shifts-panel.tsx'
import type { AdminTexts } from './texts.ts'

interface Part {
  /** Of the address: /admin/<path>. */
  path: string
  name: (texts: AdminTexts) => string
  Content: ComponentType
}

/** What an administrator can do, a tab each, in this order. /admin shows the first. */
export const PARTS: readonly [Part, ...Part[]] = [
  { path: 'keys', name: (texts) => texts.parts.keys, Content: KeysPage },
  { path: 'shifts', name: (texts) => texts.parts.shifts, Content: ShiftsPanel },
  { path: 'photo-limits', name: (texts) => texts.parts.photoLimits, Content: PhotoLimitsPage },
  { path: 'audit-log', name: (texts) => texts.parts.audit, Content: AuditLogPage },
]
