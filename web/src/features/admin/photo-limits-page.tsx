import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { photoLimitsQuery, setPhotoLimits } from '../../api/photo-limits.ts'
import type { PhotoLimitSettings } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { LimitForm } from './limit-form.tsx'
import { LimitSetting } from './limit-setting.tsx'
import { LimitTable } from './limit-table.tsx'
import classes from './photo-limits.module.css'
import { useAdminTexts } from './texts.ts'

type Setting = PhotoLimitSettings['settings'][number]

/** What a photo must measure to be judged: by default, and where a product or a station has limits of its own. */
export function PhotoLimitsPage() {
  const { photoLimits: texts, loading } = useAdminTexts()
  const cache = useQueryClient()
  const { data, error, refetch } = useQuery(photoLimitsQuery)
  /** Whose limits are being typed; 'new': of something that has none yet. */
  const [open, setOpen] = useState<Setting | 'new' | null>(null)
  const saving = useMutation({
    mutationFn: setPhotoLimits,
    onSuccess: (all) => {
      cache.setQueryData(photoLimitsQuery.queryKey, all)
      setOpen(null)
    },
  })
  const show = (next: typeof open) => {
    saving.reset()
    setOpen(next)
  }
  const problem = saving.isError && <ProblemNote title={texts.saveFailed} error={saving.error} />
  const formFor = (setting: Setting | null, all: PhotoLimitSettings) => (
    <LimitForm
      setting={setting}
      all={all}
      busy={saving.isPending}
      problem={problem}
      onSubmit={saving.mutate}
      onCancel={() => show(null)}
    />
  )
  return (
    <>
      <Panel
        title={texts.own}
        aside={
          <Button
            disabled={open === 'new' || !data}
            onClick={() => show('new')}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {texts.add}
          </Button>
        }
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {texts.ownText}
          </Text>
          {data && !data.enabled && <Alert color="yellow">{texts.off}</Alert>}
          {error && <ProblemNote title={texts.failed} error={error} onRetry={() => void refetch()} />}
          {!data && !error && <Skeleton height={120} role="status" aria-label={loading} />}
          {open === 'new' && data && formFor(null, data)}
          {data?.settings.length === 0 && open !== 'new' && <Text c="dimmed">{texts.none}</Text>}
          {data && data.settings.length > 0 && (
            <ul className={classes.list}>
              {data.settings.map((setting) => (
                <li key={`${setting.scope} ${setting.name}`} className={classes.setting}>
                  {open === setting ? (
                    formFor(setting, data)
                  ) : (
                    <LimitSetting
                      setting={setting}
                      defaults={data.default}
                      busy={saving.isPending}
                      onChange={() => show(setting)}
                      onReset={() => saving.mutate({ scope: setting.scope, name: setting.name, limits: null })}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
          {open === null && problem}
          {saving.isSuccess && (
            <Text size="sm" role="status">
              {texts.saved}
            </Text>
          )}
        </Stack>
      </Panel>
      {data && <LimitTable defaults={data.default} />}
    </>
  )
}
