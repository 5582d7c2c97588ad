import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronUp } from '@tabler/icons-react'
import { texts } from '../texts.ts'
import classes from './picture.module.css'
import type { Point } from './view.ts'

const STEP = 120
const DIRECTIONS = [
  { side: 'left', icon: IconChevronLeft, by: { x: STEP, y: 0 } },
  { side: 'right', icon: IconChevronRight, by: { x: -STEP, y: 0 } },
  { side: 'up', icon: IconChevronUp, by: { x: 0, y: STEP } },
  { side: 'down', icon: IconChevronDown, by: { x: 0, y: -STEP } },
] as const

/** Moving without dragging, for whoever cannot drag (WCAG 2.2, 2.5.7). */
export function MoveButtons({ onMove }: { onMove: (by: Point) => void }) {
  return DIRECTIONS.map(({ side, icon: Icon, by }) => (
    <button
      key={side}
      type="button"
      className={classes.move}
      data-side={side}
      aria-label={texts.picture.move[side]}
      title={texts.picture.move[side]}
      onClick={() => onMove(by)}
    >
      <Icon size={20} aria-hidden />
    </button>
  ))
}
