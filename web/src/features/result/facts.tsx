export type Fact = [name: string, value: string | null | undefined]

/** Names and values; one without a value is left out. */
export function Facts({ facts, className }: { facts: Fact[]; className?: string | undefined }) {
  return (
    <dl className={className}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
