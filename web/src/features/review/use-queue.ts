import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Waiting, waitingQuery } from '../../api/reviews.ts'
import type { Analysis } from '../../api/types.ts'

/** So many parts before the end of what has been read, the next page is asked for. */
const AHEAD = 5
/** Pictures loaded before they are wanted: two on, one back. */
const NEIGHBOURS = [1, 2, -1]

/** The parts that wait, and where in them the reviewer is. */
export function useQueue(waiting: Waiting) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery(waitingQuery(waiting))
  const [judged, setJudged] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string | null>(null)

  // Between two pages a part may have come twice.
  const items = [
    ...new Map(data?.pages.flatMap(({ analyses }) => analyses).map((item) => [item.defect_id, item])).values(),
  ]
  const nextAfter = (index: number, done: ReadonlySet<string>): Analysis | undefined =>
    [...items.slice(index + 1), ...items.slice(0, index + 1)].find(({ defect_id }) => !done.has(defect_id))
  const current = items.find(({ defect_id }) => defect_id === chosen) ?? nextAfter(-1, judged)
  const index = current ? items.indexOf(current) : -1

  const ending = hasNextPage && !isFetching && !error && (index < 0 || index + AHEAD >= items.length)
  useEffect(() => {
    if (ending) void fetchNextPage()
  }, [ending, fetchNextPage])

  const wanted = NEIGHBOURS.flatMap((step) => items[index + step]?.image_url ?? []).join(' ')
  useEffect(() => {
    for (const address of wanted.split(' ').filter(Boolean)) new Image().src = address
  }, [wanted])

  const at = (step: number) => (index < 0 ? undefined : items[index + step])
  const goTo = (item: Analysis | undefined) => item && setChosen(item.defect_id)
  return {
    current,
    /** Null where nothing has been read yet. */
    error: data ? null : error,
    loading: current === undefined && (isFetching || hasNextPage),
    judged: judged.size,
    next: at(1) && (() => goTo(at(1))),
    previous: at(-1) && (() => goTo(at(-1))),
    show: setChosen,
    has: (id: string): boolean => items.some(({ defect_id }) => defect_id === id),
    /** The part has been judged (or is being sent): on to the next that has not. */
    pass(id: string): void {
      const done = new Set(judged).add(id)
      setJudged(done)
      setChosen(
        nextAfter(
          items.findIndex(({ defect_id }) => defect_id === id),
          done,
        )?.defect_id ?? null,
      )
    },
    /** It was not stored after all. */
    takeBack: (id: string): void => setJudged((before) => new Set([...before].filter((each) => each !== id))),
    /** Reads the queue anew. */
    renew(): void {
      setJudged(new Set())
      setChosen(null)
      void refetch()
    },
  }
}
