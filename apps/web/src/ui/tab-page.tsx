import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './tab-page.module.css';

/** A page of the administration: its name, what it is for, its parts as links, one of them below. */
export function TabPage({ title, lead, tabs, onMenu, children }: { title: string; lead: string; tabs: ReactNode; onMenu: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [t, title]);
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs scroll: the one that is shown must not hide behind the edge.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [tabs]);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.titleRow}>
          <ActionIcon className={classes.menu} size={40} onClick={onMenu} aria-label={t('app.menu')}><IconMenu2 size={20} stroke={1.75} /></ActionIcon>
          <h1 className={classes.title}>{title}</h1>
          <Link to="/inbox" className={classes.back}>{t('app.to_inbox')}</Link>
        </div>
        <p className={classes.lead}>{lead}</p>
        <nav ref={nav} className={classes.tabs} aria-label={title}>{tabs}</nav>
      </header>
      {children}
    </div>
  );
}

export const tabClass = classes.tab;
