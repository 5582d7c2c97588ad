import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { unreachable } from '../api/problem.ts'
import { useTexts } from '../language/use-language.ts'
import { ProblemNote } from './problem-note.tsx'

/**
 * A part of a screen whose script is loaded when the part is first rendered. React's lazy() would hand a failed download to the
 * error boundary and never retry; here the error is shown in place, can be retried, and the rest of the screen keeps its state.
 * `height` reserves space while loading; without it nothing is shown.
 */
export function lazyPart<Props extends object>(
  name: string,
  load: () => Promise<{ default: ComponentType<Props> }>,
  height?: string,
): ComponentType<Props> {
  return function LazyPart(props: Props) {
    const texts = useTexts().shared
    const {
      data: Part,
      error,
      refetch,
    } = useQuery({
      queryKey: ['script', name],
      queryFn: async () => {
        const { default: part } = await load().catch(() => {
          throw unreachable()
        })
        return part
      },
      // Offline, the service worker has the script.
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    })
    if (Part) return <Part {...props} />
    if (error) return <ProblemNote title={texts.partFailed} error={error} onRetry={() => void refetch()} />
    return height ? <Skeleton height={height} /> : null
  }
}
