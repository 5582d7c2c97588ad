import classes from './tip.module.css'

/** What a chart says where the pointer is. The same stands in its table. */
export function Tip({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div className={classes.tip}>
      <strong>{title}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  )
}
