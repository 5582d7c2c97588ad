import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTexts } from '../../language/use-language.ts'

interface PagerProps {
  /** Null: not the first page, but which is not known. */
  number: number | null
  /** Cursor of the next page; null where there is none. */
  next: string | null
  onNext: (cursor: string) => void
  onPrevious: () => void
}

export function Pager({ number, next, onNext, onPrevious }: PagerProps) {
  const texts = useTexts().history
  if (number === 1 && next === null) return null
  return (
    <Group component="nav" aria-label={texts.pages} justify="center">
      <Button
        variant="default"
        disabled={number === 1}
        onClick={onPrevious}
        leftSection={<IconChevronLeft size={18} aria-hidden />}
      >
        {number === null ? texts.first : texts.previous}
      </Button>
      {number !== null && <Text size="sm">{texts.page(number)}</Text>}
      <Button
        variant="default"
        disabled={next === null}
        onClick={() => next && onNext(next)}
        rightSection={<IconChevronRight size={18} aria-hidden />}
      >
        {texts.next}
      </Button>
    </Group>
  )
}
