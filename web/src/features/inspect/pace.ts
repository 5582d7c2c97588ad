/** Over so many photos the pace is measured: it follows a service that becomes faster or slower. */
const MEASURED = 20
/** Before that an estimate would only be a guess. */
const LEAST = 4

/** Tells how long the rest takes, from when the last photos were finished. */
export function createPace() {
  let finished: number[] = []
  return {
    /** A photo has been finished; returns the seconds for as many more as are open, null where it is too early to say. */
    finish(open: number, now = Date.now()): number | null {
      finished = [...finished.slice(1 - MEASURED), now]
      const first = finished[0]
      if (open === 0) finished = []
      if (open === 0 || first === undefined || finished.length < LEAST) return null
      return Math.ceil(((now - first) / (finished.length - 1) / 1000) * open)
    },
  }
}
