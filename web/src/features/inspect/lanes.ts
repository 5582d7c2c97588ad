/** Runs tasks, `count` at a time, first come, first served. */
export function lanes(count: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let free = count
  const waiting: (() => void)[] = []
  return async (task) => {
    if (free > 0) free--
    else await new Promise<void>((start) => waiting.push(start))
    try {
      return await task()
    } finally {
      // The lane goes to who waits longest.
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
