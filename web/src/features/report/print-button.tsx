import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useReportTexts } from './texts.ts'

/** Long enough for the pictures of a bad shift; one that does not come is no reason not to print. */
const PATIENCE_MS = 15_000

/** Prints when all pictures are there: those further down load as they are scrolled to. */
export function PrintButton() {
  const texts = useReportTexts()
  const printing = useMutation({
    mutationFn: async () => {
      const pictures = [...document.querySelectorAll<HTMLImageElement>('article img')]
      for (const picture of pictures) picture.loading = 'eager'
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
      await Promise.race([late, Promise.allSettled(pictures.map((picture) => picture.decode()))])
      window.print()
    },
  })
  return (
    <Button
      loading={printing.isPending}
      onClick={() => printing.mutate()}
      leftSection={<IconPrinter size={18} aria-hidden />}
    >
      {texts.print}
    </Button>
  )
}
