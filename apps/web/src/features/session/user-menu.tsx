import { Menu } from '@mantine/core';
import { useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSelector, IconSun } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/endpoints.ts';
import { switchLanguage } from '../../i18n/index.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/language.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { helpOpen, navOpen } from '../shell/shell-state.ts';
import { signedOut, useMe } from './me.ts';
import classes from './user-menu.module.css';

const SCHEMES = [['auto', IconDeviceDesktop], ['light', IconSun], ['dark', IconMoon]] as const;

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const logout = useMutation({
    mutationFn: api.logout,
    // Also when the server did not answer: whoever leaves the desk must not see the inbox any more.
    onSettled: async () => {
      await navigate({ to: '/login', search: {} });
      signedOut();
    },
  });

  return (
    <Menu position="top-start" width={220} offset={6}>
      <Menu.Target>
        <button type="button" className={classes.target} aria-label={`${t('nav.account_menu')}: ${me.user.name}`}>
          <Avatar id={me.user.id} name={me.user.name} size={28} />
          <span className={classes.who}>
            <span className={classes.name}>{me.user.name}</span>
            <span className={classes.role}>{t(`nav.role_${me.user.role}`)}</span>
          </span>
          <IconSelector size={15} stroke={1.75} aria-hidden className={classes.mark} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.mail}>{me.user.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('nav.theme')}</Menu.Label>
        <div className={classes.schemes} role="group" aria-label={t('nav.theme')}>
          {SCHEMES.map(([name, Mark]) => (
            <button key={name} type="button" className={classes.scheme} aria-pressed={colorScheme === name} title={t(`nav.theme_${name}`)} aria-label={t(`nav.theme_${name}`)} onClick={() => setColorScheme(name)}>
              <Mark size={16} stroke={1.75} aria-hidden />
            </button>
          ))}
        </div>
        <Menu.Label>{t('nav.language')}</Menu.Label>
        {LANGUAGE_CODES.map((code) => (
          <Menu.Item key={code} lang={code} closeMenuOnClick={false} onClick={() => void switchLanguage(code)} rightSection={i18n.language === code ? <IconCheck size={15} aria-hidden /> : undefined} aria-current={i18n.language === code}>
            {LANGUAGES[code]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          className={classes.keys} leftSection={<IconKeyboard size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            navOpen.set(false);
            helpOpen.set(true);
          }}
        >
          {t('nav.shortcuts')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />} onClick={() => logout.mutate()}>{t('nav.logout')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
