import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { FailedWebhook } from '../../api/types.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { Entry, Facts } from './entry.tsx';
import { EntryList } from './entry-list.tsx';

const queryKey = ['operations', 'failed-webhooks'] as const;

export function FailedWebhooks() {
  const { t } = useTranslation();
  return (
    <EntryList
      queryKey={queryKey} hint={t('operations.failed_webhooks_hint')} empty={t('operations.empty_failed_webhooks')}
      fetch={async (cursor, signal) => {
        const page = await answer(api.GET('/api/operations/failed-webhooks', { params: { query: { cursor } }, signal }));
        return { items: page.failed_webhooks, next_cursor: page.next_cursor };
      }}
      row={(w: FailedWebhook) => (
        <Entry id={w.id} at={w.created_at} title={w.error_message} subtitle={w.request_id} replay={{ kind: 'failed-webhooks', replayedAt: w.replayed_at, queryKey }}>
          <Facts rows={[[t('operations.id'), w.id], [t('operations.request_id'), w.request_id], [t('operations.message_id'), w.message_id]]} />
          <Fold title={t('operations.payload')} open><JsonView value={w.payload} /></Fold>
          {w.error_stack && <Fold title={t('operations.stack')}><JsonView value={w.error_stack} /></Fold>}
        </Entry>
      )}
    />
  );
}

function Fold({ title, open, children }: { title: string; open?: boolean; children: React.ReactNode }) {
  return <details open={open}><summary style={{ fontSize: 13, cursor: 'pointer', color: 'var(--text-2)' }}>{title}</summary>{children}</details>;
}
