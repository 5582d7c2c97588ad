import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { auditLogQuery, downloadAuditLog } from '../../api/admin.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { saveFile } from '../../components/save-file.ts'
import { AuditFilterBar } from './audit-filters.tsx'
import classes from './audit-log.module.css'
import { AuditRow } from './audit-row.tsx'
import { useAdminTexts } from './texts.ts'
import { AUDIT_FILTERS, useAuditAddress } from './use-audit-address.ts'

/** Who called what, the newest first. */
export function AuditLogPage() {
  const { audit, loading } = useAdminTexts()
  const address = useAuditAddress()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching, isPlaceholderData } = useInfiniteQuery(
    auditLogQuery(address.query),
  )
  const download = useMutation({
    mutationFn: () => downloadAuditLog(address.query),
    onSuccess: (blob) => saveFile(blob, `audit-log-${new Date().toISOString().slice(0, 10)}.csv`),
  })
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  const filtered = AUDIT_FILTERS.some((name) => address.filters[name])
  return (
    <Panel
      title={audit.title}
      aside={
        <div className={classes.buttons}>
          <Button
            variant="default"
            loading={isFetching && entries.length > 0}
            leftSection={<IconRefresh size={18} aria-hidden />}
            onClick={() => void refetch()}
          >
            {audit.refresh}
          </Button>
          <Button
            variant="default"
            loading={download.isPending}
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => download.mutate()}
          >
            {audit.csv}
          </Button>
        </div>
      }
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {audit.intro}
        </Text>
        {download.isError && (
          <ProblemNote title={audit.csvFailed} error={download.error} onRetry={() => download.mutate()} />
        )}
        <AuditFilterBar {...address} />
        {error && <ProblemNote title={audit.failed} error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={240} role="status" aria-label={loading} />}
        {data && entries.length === 0 && (
          <Text c="dimmed" role="status">
            {filtered ? audit.nothingFits : audit.nothing}
          </Text>
        )}
        {entries.length > 0 && (
          <ol className={classes.list} aria-label={audit.title} aria-busy={isPlaceholderData}>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
        {hasNextPage && (
          <Button variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
            {audit.more}
          </Button>
        )}
      </Stack>
    </Panel>
  )
}
