import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { downloadCsv } from '../../api/queries.ts'
import type { HistoryFilters } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { saveFile } from '../../components/save-file.ts'
import { useTexts } from '../../language/use-language.ts'

/** All results of the filters as a file. Fetched, not linked to, as the session's token must go with it. */
export function CsvButton({ filters }: { filters: HistoryFilters }) {
  const texts = useTexts().history
  const download = useMutation({
    mutationFn: () => downloadCsv(filters),
    onSuccess: (blob) => saveFile(blob, `analyses-${new Date().toISOString().slice(0, 10)}.csv`),
  })
  return (
    <>
      <Button
        variant="default"
        flex="none"
        loading={download.isPending}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => download.mutate()}
      >
        {texts.csv}
      </Button>
      {download.isError && (
        <ProblemNote title={texts.csvFailed} error={download.error} onRetry={() => download.mutate()} />
      )}
    </>
  )
}
