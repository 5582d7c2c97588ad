import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { unreachable } from '../api/problem.ts'
import { useTexts } from '../language/use-language.ts'
import { ProblemNote } from './problem-note.tsx'

/**
 * A part of a screen whose script is loaded when it is first shown. Unlike React's lazy(), one that cannot be fetched says so
 * in its place and can be tried again: the rest of the screen, with what was typed or waits there, stays.
 * `height` keeps its place meanwhile; without one nothing is shown.
 */
export function late<Props extends object>(
  name: string,
  load: () => Promise<{ default: ComponentType<Props> }>,
  height?: string,
): ComponentType<Props> {
  return function Late(props: Props) {
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
      // The service worker has it where there is no network.
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    })
    if (Part) return <Part {...props} />
    if (error) return <ProblemNote title={texts.partFailed} error={error} onRetry={() => void refetch()} />
    return height ? <Skeleton height={height} /> : null
  }
}
