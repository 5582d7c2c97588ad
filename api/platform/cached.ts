/**
 * What `read` gives, shared by all who ask within `ms` milliseconds of its beginning. A failure is told to those who wait for it and is not
 * kept. `forget` has the next one read anew.
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
