import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keysQuery, type NewKey } from '../../api/admin.ts'
import type { ApiKey } from '../../api/types.ts'
import { Panel } from '../../components/panel.tsx'
import { ProblemNote } from '../../components/problem-note.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { KeyRow } from './key-row.tsx'
import classes from './keys-panel.module.css'
import { NewKeyForm } from './new-key-form.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { SecretNote } from './secret-note.tsx'
import { useAdminTexts } from './texts.ts'

type Asked = { action: 'change' | 'rotate' | 'revoke'; key: ApiKey }

/** All keys, and what can be done with them. */
export function KeysPanel() {
  const texts = useAdminTexts()
  const cache = useQueryClient()
  const { data, error, refetch } = useQuery(keysQuery)
  const [creating, setCreating] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [made, setMade] = useState<NewKey | null>(null)
  const changed = (key: NewKey | null) => {
    setMade(key)
    setCreating(false)
    setAsked(null)
    void cache.invalidateQueries({ queryKey: keysQuery.queryKey })
    void cache.invalidateQueries({ queryKey: ['usage'] })
  }
  const usable = data?.filter(({ active }) => active) ?? []
  const over = data?.filter(({ active }) => !active) ?? []
  const listOf = (keys: readonly ApiKey[]) => (
    <ul className={classes.list}>
      {keys.map((key) => (
        <KeyRow
          key={key.id}
          apiKey={key}
          onChange={() => setAsked({ action: 'change', key })}
          onRotate={() => setAsked({ action: 'rotate', key })}
          onRevoke={() => setAsked({ action: 'revoke', key })}
        />
      ))}
    </ul>
  )
  return (
    <Panel
      title={texts.keys}
      aside={
        <Button disabled={creating} onClick={() => setCreating(true)} leftSection={<IconPlus size={18} aria-hidden />}>
          {texts.newKey}
        </Button>
      }
    >
      <Stack>
        {made && <SecretNote key={made.key} made={made} onDone={() => setMade(null)} />}
        {creating && <NewKeyForm onMade={changed} onCancel={() => setCreating(false)} />}
        {error && <ProblemNote title={texts.keysFailed} error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={120} role="status" aria-label={texts.loading} />}
        {data?.length === 0 && <Text c="dimmed">{texts.noKeys}</Text>}
        {usable.length > 0 && listOf(usable)}
        {over.length > 0 && (
          <details className={classes.over}>
            <summary>{texts.inactive(over.length)}</summary>
            {listOf(over)}
          </details>
        )}
      </Stack>
      {asked?.action === 'change' && (
        <ChangeDialog apiKey={asked.key} onChanged={() => changed(null)} onClose={() => setAsked(null)} />
      )}
      {asked?.action === 'rotate' && (
        <RotateDialog apiKey={asked.key} onMade={changed} onClose={() => setAsked(null)} />
      )}
      {asked?.action === 'revoke' && (
        <RevokeDialog apiKey={asked.key} onRevoked={() => changed(null)} onClose={() => setAsked(null)} />
      )}
    </Panel>
  )
}
