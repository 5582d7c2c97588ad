import { Alert, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useIsFetching, useQueries } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { analysisQuery } from '../../api/queries.ts'
import type { Analysis } from '../../api/types.ts'
import { useTitle } from '../../components/use-title.ts'
import { useTexts } from '../../language/use-language.ts'
import classes from './print-page.module.css'
import { usePictures } from './use-pictures.ts'

/** As the history lets one choose. */
const MOST = 50
const ID = /^DEF-\d{8}-[0-9A-F]{8}$/

/** The results of the address (`ids`, comma-separated) on paper, each on a page of its own. */
export function PrintPage({ renderPaper }: { renderPaper: (analysis: Analysis) => ReactNode }) {
  const texts = useTexts().print
  useTitle(texts.title)
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const asked = [...new Set((params.get('ids') ?? '').split(',').filter((id) => ID.test(id)))]
  const ids = asked.slice(0, MOST)
  const answers = useQueries({ queries: ids.map((id) => analysisQuery(id)) })
  const analyses = answers.flatMap(({ data }) => data ?? [])
  const missing = ids.filter((_, i) => answers[i]?.isError)
  const pictures = usePictures(analyses.map(({ image_url }) => image_url))
  const withoutPicture = analyses
    .filter(({ image_url }) => pictures.failed(image_url))
    .map(({ defect_id }) => defect_id)
  const done = missing.length + pictures.done
  // A result in another language is not printed before its translation had the time to come.
  const translating = useIsFetching({ queryKey: ['translations'] }) > 0
  const ready = done === ids.length && analyses.length > 0 && !translating

  useEffect(() => {
    if (ready) window.print()
  }, [ready])

  return (
    <>
      <Stack data-print="no" align="flex-start">
        <Title order={1} size="h2">
          {texts.title}
        </Title>
        {ids.length === 0 ? (
          <>
            <Text>{texts.nothing}</Text>
            <Text>{texts.nothingHint}</Text>
            <Button component={Link} to="/history">
              {texts.back}
            </Button>
          </>
        ) : (
          <>
            <Text role="status">
              {done < ids.length ? texts.preparing(done, ids.length) : texts.ready(analyses.length)}
            </Text>
            {done < ids.length && (
              <Progress w="min(100%, 24rem)" value={(100 * done) / ids.length} aria-label={texts.title} />
            )}
            {[
              asked.length > MOST && texts.tooMany(MOST),
              missing.length > 0 && texts.missing(missing.join(', ')),
              withoutPicture.length > 0 && texts.noPicture(withoutPicture.join(', ')),
            ]
              .filter((note) => note !== false)
              .map((note) => (
                <Alert key={note} color="yellow" variant="default" icon={<IconAlertTriangle aria-hidden />}>
                  {note}
                </Alert>
              ))}
            <Group>
              <Button
                disabled={!ready}
                onClick={() => window.print()}
                leftSection={<IconPrinter size={18} aria-hidden />}
              >
                {texts.again}
              </Button>
              <Button
                variant="default"
                onClick={() => void navigate(-1)}
                leftSection={<IconArrowLeft size={18} aria-hidden />}
              >
                {texts.back}
              </Button>
            </Group>
          </>
        )}
      </Stack>
      <div data-print="only">
        {analyses.map((analysis) => (
          <div key={analysis.defect_id} className={classes.sheet}>
            {renderPaper(analysis)}
          </div>
        ))}
      </div>
    </>
  )
}
