import { Button } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { Link, NavLink } from 'react-router'
import { session } from '../api/session.ts'
import { may } from '../components/use-may.ts'
import { useTexts } from '../language/use-language.ts'
import { LanguageChoice } from './language-choice.tsx'
import classes from './layout.module.css'
import { SCREENS } from './navigation.ts'
import { SchemeChoice } from './scheme-choice.tsx'
import { WaitingBadge } from './waiting-badge.tsx'

/** Id of the element that holds the screen. */
export const CONTENT_ID = 'content'

export function Header({ signInRequired }: { signInRequired: boolean }) {
  const texts = useTexts().frame
  const current = useSyncExternalStore(session.subscribe, session.get)
  return (
    <header className={classes.header} data-print="no">
      {/* Moves the focus, not the address: the router would take a link to #content for a navigation. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById(CONTENT_ID)?.focus()}>
        {texts.skip}
      </button>
      <Link to="/" className={classes.brand} aria-label={texts.product}>
        <img src="/icons/icon-192.png" alt="" width={28} height={28} />
        <span className={classes.long}>{texts.product}</span>
        <span className={classes.short}>{texts.productShort}</span>
      </Link>
      <nav className={classes.nav} aria-label={texts.navigation}>
        {SCREENS.filter(({ scope }) => scope === undefined || may(current, scope)).map(({ to, icon: Icon, text }) => (
          <NavLink key={to} to={to} end={to === '/'} className={classes.link}>
            <Icon size={20} aria-hidden />
            {texts.screens[text]}
            {text === 'review' && current && may(current, 'read') && <WaitingBadge />}
          </NavLink>
        ))}
      </nav>
      <div className={classes.choices}>
        <SchemeChoice />
        <LanguageChoice />
      </div>
      {signInRequired && current && (
        <div className={classes.person}>
          <span className={classes.name} title={texts.signedInAs(current.name)}>
            {current.name}
          </span>
          <Button variant="subtle" px="xs" onClick={session.end} className={classes.signOut} aria-label={texts.signOut}>
            <IconLogout size={18} aria-hidden />
            <span className={classes.signOutWord}>{texts.signOut}</span>
          </Button>
        </div>
      )}
    </header>
  )
}
