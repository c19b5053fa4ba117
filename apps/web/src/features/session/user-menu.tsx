import { useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconLock, IconLogout, IconMoon, IconSelector, IconSun } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { switchLanguage, wantAdministration } from '../../i18n/index.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/language.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PopMenu } from '../../ui/pop-menu.tsx';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { helpOpen, navOpen } from '../shell/shell-state.ts';
import { signedOut, signingOut, useMe } from './me.ts';
import classes from './user-menu.module.css';

const ChangePassword = lazy(async () => {
  await wantAdministration();
  return { default: (await import('../companies/change-password.tsx')).ChangePassword };
});

const SCHEMES = [['auto', IconDeviceDesktop], ['light', IconSun], ['dark', IconMoon]] as const;

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const logout = useMutation({
    mutationFn: () => {
      signingOut.set(true);
      return answer(api.POST('/api/logout'));
    },
    // Also when the server did not answer: whoever leaves the desk must not see the inbox any more.
    onSettled: async () => {
      await navigate({ to: '/login', search: {} });
      signedOut();
    },
  });

  const entries = (): MenuEntry[] => [
    { kind: 'label', key: 'mail', label: <span className={classes.mail}>{me.user.email}</span> },
    { kind: 'divider', key: 'd1' },
    { kind: 'label', key: 'theme', label: t('nav.theme') },
    { kind: 'custom', key: 'schemes', node: () => <Schemes /> },
    { kind: 'label', key: 'language', label: t('nav.language') },
    ...LANGUAGE_CODES.map((code): MenuEntry => ({ kind: 'item', key: code, lang: code, label: LANGUAGES[code], checked: i18n.language === code, keepOpen: true, onClick: () => void switchLanguage(code) })),
    { kind: 'divider', key: 'd2' },
    {
      kind: 'item', key: 'keys', className: classes.keys, icon: <IconKeyboard size={16} stroke={1.75} aria-hidden />, label: t('nav.shortcuts'),
      onClick: () => {
        navOpen.set(false);
        helpOpen.set(true);
      },
    },
    { kind: 'item', key: 'password', icon: <IconLock size={16} stroke={1.75} aria-hidden />, label: t('nav.change_password'), onClick: () => setChanging(true) },
    { kind: 'item', key: 'logout', icon: <IconLogout size={16} stroke={1.75} aria-hidden />, label: t('nav.logout'), onClick: () => logout.mutate() },
  ];
  return (
    <>
      <PopMenu
        place={{ position: 'top-start', width: 220 }} entries={entries}
        target={
          <button type="button" className={classes.target} aria-label={`${t('nav.account_menu')}: ${me.user.name}`}>
            <Avatar id={me.user.id} name={me.user.name} size={28} />
            <span className={classes.who}>
              <span className={classes.name}>{me.user.name}</span>
              <span className={classes.role}>{t(`nav.role_${me.user.role}`)}</span>
            </span>
            <IconSelector size={15} stroke={1.75} aria-hidden className={classes.mark} />
          </button>
        }
      />
      {changing && <Suspense><ChangePassword onClose={() => setChanging(false)} /></Suspense>}
    </>
  );
}

function Schemes() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.schemes} role="group" aria-label={t('nav.theme')}>
      {SCHEMES.map(([name, Mark]) => (
        <button key={name} type="button" className={classes.scheme} aria-pressed={colorScheme === name} title={t(`nav.theme_${name}`)} aria-label={t(`nav.theme_${name}`)} onClick={() => setColorScheme(name)}>
          <Mark size={16} stroke={1.75} aria-hidden />
        </button>
      ))}
    </div>
  );
}
