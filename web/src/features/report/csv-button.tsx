import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { downloadReport } from '../../api/statistics.ts'
import type { StoredReportFilters } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { fileName, saveFile } from '../../components/save-file.ts'
import { useReportTexts } from './texts.ts'

/** The report as a file. Fetched, not linked to, as the session's token must go with it. */
export function CsvButton({ filters }: { filters: StoredReportFilters }) {
  const texts = useReportTexts()
  const download = useMutation({
    mutationFn: () => downloadReport(filters),
    onSuccess: (blob) => saveFile(blob, fileName('shift-report', filters.facility, filters.shift, filters.day)),
  })
  return (
    <>
      <Button
        variant="default"
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
