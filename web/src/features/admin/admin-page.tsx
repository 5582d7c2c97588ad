import { Button, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { keysQuery, usageQuery } from '../../api/admin.ts'
import { toProblem } from '../../api/problem.ts'
import { infoQuery } from '../../api/queries.ts'
import { session } from '../../api/session.ts'
import { useMay } from '../../components/use-may.ts'
import { useTitle } from '../../components/use-title.ts'
import classes from './admin-page.module.css'
import { KeysPanel } from './keys-panel.tsx'
import { ShiftsPanel } from './shifts-panel.tsx'
import { useAdminTexts } from './texts.ts'
import { UsagePanel } from './usage-panel.tsx'

/** Keys, and what they use: for administrators. */
export function AdminPage() {
  const texts = useAdminTexts()
  useTitle(texts.title)
  const may = useMay('admin')
  const { error, isPending } = useQuery({ ...keysQuery, enabled: may })
  // Read at once, and shown when what stands above it has its height: so nothing moves.
  useQuery({ ...usageQuery, enabled: may })
  if (!may || (error && toProblem(error).status === 403)) return <Forbidden />
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <KeysPanel />
      {!isPending && <UsagePanel />}
      {!isPending && <ShiftsPanel />}
    </Stack>
  )
}

function Forbidden() {
  const texts = useAdminTexts()
  const { data: info } = useQuery(infoQuery)
  return (
    <div className={classes.forbidden}>
      <IconLock size={48} stroke={1.25} aria-hidden />
      <h1>{texts.forbidden}</h1>
      <Text>{texts.forbiddenHint}</Text>
      {info?.sign_in_required && <Button onClick={session.end}>{texts.otherKey}</Button>}
    </div>
  )
}
