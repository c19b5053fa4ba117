import { Drawer } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { navOpen } from './shell-state.ts';
import { Sidebar } from './sidebar.tsx';
import classes from './sidebar.module.css';

/** The navigation where there is no room for it at the side. */
export function NavDrawer() {
  const { t } = useTranslation();
  const href = useRouterState({ select: (s) => s.location.href });
  const first = useRef(href);
  useEffect(() => {
    if (href !== first.current) navOpen.set(false);
  }, [href]);
  return (
    <Drawer
      opened onClose={() => navOpen.set(false)} size={272} padding={0} withCloseButton={false} attributes={{ content: { 'aria-label': t('nav.main') } }}
      classNames={{ content: classes.drawer, body: classes.drawerBody }} transitionProps={{ duration: 140 }}
    >
      <Sidebar />
    </Drawer>
  );
}
