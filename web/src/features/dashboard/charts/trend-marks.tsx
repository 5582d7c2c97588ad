import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts'
import type { TrendPoint } from '../../../api/types.ts'
import { PointLink } from './point-link.tsx'
import classes from './trend-marks.module.css'

export interface MarkedPoint extends TrendPoint {
  index: number
  name: string
  /** What it says. */
  label: string
  to: string
}

interface TrendMarksProps {
  points: readonly MarkedPoint[]
  /** The highest rate that the axis shows. */
  top: number
}

/** Above the lines that the library draws. */
const ON_TOP = 2000
/** Height of a rule's number, with the distance from its point. */
const LINE = 12

/** Stairs of the control limits, and the points with the rules that they follow. */
export function TrendMarks({ points, top }: TrendMarksProps) {
  const x = useXAxisScale()
  const y = useYAxisScale()
  const area = usePlotArea()
  if (!x || !y || !area) return null
  const half = area.width / points.length / 2
  const shown = points.filter(({ inspected }) => inspected > 0)
  const judged = points.filter((point) => point.judged)
  const stairs = (limit: 'lower_percent' | 'upper_percent') =>
    judged
      .map((point, place) => {
        const at = x(point.index, { position: 'middle' }) ?? 0
        const joined = judged[place - 1]?.index === point.index - 1
        return `${joined ? 'L' : 'M'}${at - half} ${y(Math.min(top, point[limit] ?? 0))}H${at + half}`
      })
      .join('')
  const marks = shown.map((point) => ({
    point,
    x: x(point.index, { position: 'middle' }) ?? 0,
    y: y(Math.min(top, point.defect_rate_percent ?? 0)) ?? 0,
  }))
  return (
    <ZIndexLayer zIndex={ON_TOP}>
      <path d={stairs('upper_percent')} className={classes.limit} />
      <path d={stairs('lower_percent')} className={classes.limit} />
      {marks.map(({ point, ...at }) => (
        <PointLink key={point.index} to={point.to} first={point === shown[0]} label={`${point.name}: ${point.label}`}>
          <circle cx={at.x} cy={at.y} r={11} fill="transparent" />
          <Mark
            {...at}
            point={point}
            size={Math.min(8, Math.max(4, half))}
            above={(point.defect_rate_percent ?? 0) > top}
          />
        </PointLink>
      ))}
      {numbersOf(marks).map(({ rule, x, y }) => (
        <text key={`${rule} ${x}`} x={x} y={y} textAnchor="middle" className={classes.rule} aria-hidden>
          {rule}
        </text>
      ))}
    </ZIndexLayer>
  )
}

interface Place {
  x: number
  y: number
}

/** The numbers of the rules above their points, or beneath where there is no room. What would lie over another is left to the list. */
function numbersOf(marks: readonly (Place & { point: TrendPoint })[]) {
  const placed: (Place & { rule: number })[] = []
  for (const { x, y, point } of marks) {
    const { rules } = point
    const first = y - LINE * (rules.length + 1) < 0 ? y + 20 : y - LINE * rules.length
    rules.forEach((rule, place) => {
      const at = { x, y: first + LINE * place }
      const free = placed.every((other) => Math.abs(other.x - at.x) > 9 || Math.abs(other.y - at.y) >= LINE)
      if (free) placed.push({ rule, ...at })
    })
  }
  return placed
}

interface MarkProps extends Place {
  point: TrendPoint
  /** Half of what a diamond is wide. */
  size: number
  /** The point lies over the axis. */
  above: boolean
}

/** A dot; with a rule a diamond (outside the limits) or a ring, so that colour is not all that tells; hollow where it is not judged. */
function Mark({ x, y, point: { judged, outside, rules }, size, above }: MarkProps) {
  if (!judged) {
    return above ? (
      <path d={`M${x - 4} ${y + 8}l4 -7l4 7z`} className={classes.muted} />
    ) : (
      <circle cx={x} cy={y} r={3} className={classes.muted} />
    )
  }
  if (outside) {
    return (
      <path d={`M${x} ${y - size}l${size} ${size}l-${size} ${size}l-${size} -${size}z`} className={classes.outside} />
    )
  }
  const run = rules.length > 0
  return (
    <circle cx={x} cy={y} r={run ? 0.75 * size : Math.min(3.5, size)} className={run ? classes.run : classes.inside} />
  )
}
