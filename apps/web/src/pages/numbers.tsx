import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConnectWizard } from '../features/numbers/connect-wizard.tsx';
import { LineDetail } from '../features/numbers/line-detail.tsx';
import { LineList } from '../features/numbers/line-list.tsx';
import { linesQuery } from '../features/numbers/queries.ts';
import { useMay } from '../features/session/me.ts';
import { SessionList } from '../features/web-sessions/session-list.tsx';
import { navOpen } from '../features/shell/shell-state.ts';
import { Blank } from '../ui/blank.tsx';
import { TabPage, tabClass } from '../ui/tab-page.tsx';

/** The company's lines: all of them, one with its numbers, or the way to connect another. */
export function NumbersPage() {
  const { t } = useTranslation();
  const allowed = useMay();
  const { lineId } = useParams({ strict: false });
  const { line } = useSearch({ from: '/app/numbers/{-$lineId}' });
  const { data } = useQuery(linesQuery);
  const connecting = lineId === 'connect';
  const here = data?.accounts.find((a) => a.id === (connecting ? line : lineId));
  const tab = (id: string | undefined, label: string) => (
    <Link key={id ?? 'all'} to="/numbers/{-$lineId}" params={{ lineId: id }} search={id === 'connect' ? { line } : {}} className={tabClass} data-active={id === lineId || undefined} aria-current={id === lineId ? 'page' : undefined}>{label}</Link>
  );
  return (
    <TabPage title={t('numbers.title')} lead={t('numbers.lead')} onMenu={() => navOpen.set(true)} tabs={[tab(undefined, t('numbers.all')), tab('sessions', t('web_sessions.all')), here && tab(here.id, here.name), connecting && tab('connect', t('numbers.connect'))]}>
      {!allowed(connecting ? 'whatsapp:admin' : 'whatsapp:read') ? <Blank icon={IconLock} title={t('admin.forbidden')} />
        : connecting ? <ConnectWizard key={line ?? ''} to={line} />
        : lineId === undefined ? <LineList />
        : lineId === 'sessions' ? <SessionList />
        : <LineDetail key={lineId} id={lineId} />}
    </TabPage>
  );
}
