/**
 * Shares the result of `read` between all calls within `ms` milliseconds. An error reaches everyone who is waiting, but
 * is not cached. `forget` clears the cache.
 */
export function cachedFor<Args extends unknown[], T>(ms: number, read: (...args: Args) => Promise<T>) {
  let known: { until: number; answer: Promise<T> } | undefined
  return {
    get(...args: Args): Promise<T> {
      if (!known || known.until <= performance.now()) {
        const asked = { until: performance.now() + ms, answer: read(...args) }
        known = asked
        asked.answer.catch(() => {
          if (known === asked) known = undefined
        })
      }
      return known.answer
    },
    forget(): void {
      known = undefined
    },
  }
}
