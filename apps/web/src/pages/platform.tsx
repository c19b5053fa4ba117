import { IconLock } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Audit } from '../features/companies/audit.tsx';
import { CompaniesList } from '../features/companies/companies-list.tsx';
import { Issuers } from '../features/companies/issuers.tsx';
import { useMay } from '../features/session/me.ts';
import { navOpen } from '../features/shell/shell-state.ts';
import { Blank } from '../ui/blank.tsx';
import { TabPage, tabClass } from '../ui/tab-page.tsx';

const SECTIONS = [
  ['companies', CompaniesList],
  ['issuers', Issuers],
  ['audit', () => <Audit where="platform" />],
] as const satisfies readonly (readonly [string, ComponentType])[];

/** Over all companies, for those who run the installation. */
export function PlatformPage() {
  const { t } = useTranslation();
  const allowed = useMay()('platform:admin');
  const { section = 'companies' } = useParams({ strict: false });
  const Part = SECTIONS.find(([name]) => name === section)?.[1];
  return (
    <TabPage
      title={t('platform.title')} lead={t('platform.lead')} onMenu={() => navOpen.set(true)}
      tabs={allowed && SECTIONS.map(([name]) => (
        <Link key={name} to="/platform/{-$section}" params={{ section: name }} className={tabClass} data-active={name === section || undefined} aria-current={name === section ? 'page' : undefined}>{t(`platform.tab_${name}`)}</Link>
      ))}
    >
      {allowed && Part ? <Part /> : <Blank icon={IconLock} title={t('admin.forbidden')} />}
    </TabPage>
  );
}
