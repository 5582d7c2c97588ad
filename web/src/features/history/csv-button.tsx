import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { downloadCsv, facilitiesQuery } from '../../api/queries.ts'
import type { HistoryFilters } from '../../api/types.ts'
import { ProblemNote } from '../../components/problem-note.tsx'
import { fileName, saveFile } from '../../components/save-file.ts'
import { dayIn } from '../../language/formats.ts'
import { useTexts } from '../../language/use-language.ts'

/** All results of the filters as a file. Fetched, not linked to, as the session's token must go with it. */
export function CsvButton({ filters }: { filters: HistoryFilters }) {
  const texts = useTexts().history
  const { data: places } = useQuery(facilitiesQuery)
  const timeZone = places?.find(({ code, role }) =>
    filters.facility ? code === filters.facility : role === 'production',
  )?.time_zone
  const download = useMutation({
    mutationFn: () => downloadCsv(filters),
    onSuccess: (blob) =>
      saveFile(blob, fileName('analyses', filters.facility, filters.shift, dayIn(new Date().toISOString(), timeZone))),
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
