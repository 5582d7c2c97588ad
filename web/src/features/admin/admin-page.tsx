import { Button, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { keysQuery } from '../../api/admin.ts'
import { toProblem } from '../../api/problem.ts'
import { infoQuery } from '../../api/queries.ts'
import { session } from '../../api/session.ts'
import { useMay } from '../../components/use-may.ts'
import { useTitle } from '../../components/use-title.ts'
import classes from './admin-page.module.css'
import { PARTS } from './parts.ts'
import { useAdminTexts } from './texts.ts'

/** For administrators: a tab a subject, each with an address of its own. */
export function AdminPage() {
  const texts = useAdminTexts()
  const { part } = useParams()
  const shown = PARTS.find(({ path }) => path === part) ?? PARTS[0]
  useTitle(`${texts.title}: ${shown.name(texts)}`)
  const may = useMay('admin')
  // A session from before there were scopes does not tell what it may: the first answer does. Every tab needs the keys' names.
  const { error } = useQuery({ ...keysQuery, enabled: may })
  if (!may || (error && toProblem(error).status === 403)) return <Forbidden />
  return (
    <Stack>
      <Title order={1} size="h2">
        {texts.title}
      </Title>
      <nav className={classes.parts} aria-label={texts.title}>
        {PARTS.map((one) => (
          <Link
            key={one.path}
            to={`/admin/${one.path}`}
            className={classes.part}
            aria-current={one === shown ? 'page' : undefined}
          >
            {one.name(texts)}
          </Link>
        ))}
      </nav>
      <shown.Content />
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
