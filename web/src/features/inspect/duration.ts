import { useTexts } from '../../language/use-language.ts'

/** Writes how long to wait: seconds, or what somebody would say who waits for longer. */
export function useDuration(): (seconds: number) => string {
  const texts = useTexts().inspect.duration
  return (seconds) => {
    if (seconds < 100) return texts.seconds(seconds)
    const minutes = Math.round(seconds / 60)
    return minutes < 100 ? texts.minutes(minutes) : texts.hours(Math.round(minutes / 60))
  }
}
