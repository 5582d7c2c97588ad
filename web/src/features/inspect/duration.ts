import { useTexts } from '../../language/use-language.ts'

interface Duration {
  /** For a countdown: it changes each second, but for hours. */
  exact: (seconds: number) => string
  /** For an estimate: what a person would say. */
  rough: (seconds: number) => string
}

export function useDuration(): Duration {
  const texts = useTexts().inspect.duration
  const hours = (seconds: number) => texts.hours(Math.round(seconds / 3600))
  return {
    exact: (seconds) => {
      if (seconds < 100) return texts.seconds(seconds)
      return seconds < 6000 ? texts.minutesAndSeconds(Math.floor(seconds / 60), seconds % 60) : hours(seconds)
    },
    rough: (seconds) => {
      if (seconds < 90) return texts.seconds(Math.ceil(seconds / 10) * 10)
      return seconds < 6000 ? texts.minutes(Math.round(seconds / 60)) : hours(seconds)
    },
  }
}
