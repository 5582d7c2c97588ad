import { IconChevronDown, IconChevronLeft, IconChevronRight, IconChevronUp } from '@tabler/icons-react'
import { useTexts } from '../../../language/use-language.ts'
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
  const texts = useTexts().result.picture
  return DIRECTIONS.map(({ side, icon: Icon, by }) => (
    <button
      key={side}
      type="button"
      className={classes.move}
      data-side={side}
      aria-label={texts.move[side]}
      title={texts.move[side]}
      onClick={() => onMove(by)}
    >
      <Icon size={20} aria-hidden />
    </button>
  ))
}
