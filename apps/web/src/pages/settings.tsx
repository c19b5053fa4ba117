import { IconLock } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '../api/types.ts';
import { ApiKeys } from '../features/companies/api-keys.tsx';
import { Audit } from '../features/companies/audit.tsx';
import { Businesses } from '../features/companies/businesses.tsx';
import { CompanyForm } from '../features/companies/company-form.tsx';
import { LabelsManager } from '../features/contacts/labels-manager.tsx';
import { Iam } from '../features/companies/iam.tsx';
import { People } from '../features/companies/people.tsx';
import { useMay } from '../features/session/me.ts';
import { navOpen } from '../features/shell/shell-state.ts';
import { Blank } from '../ui/blank.tsx';
import { TabPage, tabClass } from '../ui/tab-page.tsx';

const SECTIONS = [
  ['company', 'company:manage', CompanyForm],
  ['people', 'company:manage_users', People],
  ['businesses', 'company:manage', Businesses],
  ['labels', 'whatsapp:assign_conversations', LabelsManager],
  ['api-keys', 'company:manage_api_keys', ApiKeys],
  ['iam', 'company:manage', Iam],
  ['audit', 'company:read_audit', () => <Audit where="company" />],
] as const satisfies readonly (readonly [string, Permission, ComponentType])[];
const TITLES = { company: 'settings.company', people: 'settings.people', businesses: 'settings.businesses', labels: 'settings.labels', 'api-keys': 'settings.api_keys', iam: 'settings.iam', audit: 'settings.audit' } as const;

/** The company, its people, its keys. One sees the parts one may change. */
export function SettingsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const { section } = useParams({ strict: false });
  const offered = SECTIONS.filter(([, permission]) => may(permission));
  const [here, , Part] = offered.find(([name]) => name === section) ?? (section === undefined ? offered[0] : undefined) ?? [undefined, undefined, undefined];
  return (
    <TabPage
      title={t('settings.title')} lead={t('settings.lead')} onMenu={() => navOpen.set(true)}
      tabs={offered.map(([name]) => (
        <Link key={name} to="/settings/{-$section}" params={{ section: name }} className={tabClass} data-active={name === here || undefined} aria-current={name === here ? 'page' : undefined}>{t(TITLES[name])}</Link>
      ))}
    >
      {Part ? <Part /> : <Blank icon={IconLock} title={t('admin.forbidden')} />}
    </TabPage>
  );
}
