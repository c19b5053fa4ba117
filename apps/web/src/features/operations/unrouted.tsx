import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { UnroutedEvent } from '../../api/types.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { Entry, Facts } from './entry.tsx';
import { EntryList } from './entry-list.tsx';

const queryKey = ['operations', 'unrouted'] as const;

export function Unrouted() {
  const { t } = useTranslation();
  return (
    <EntryList
      queryKey={queryKey} hint={t('operations.unrouted_hint')} empty={t('operations.empty_unrouted')}
      fetch={async (cursor, signal) => {
        const page = await answer(api.GET('/api/operations/unrouted', { params: { query: { cursor } }, signal }));
        return { items: page.unrouted, next_cursor: page.next_cursor };
      }}
      row={(e: UnroutedEvent) => (
        <Entry id={e.id} at={e.created_at} title={e.summary || e.kind} subtitle={`${t('operations.where')} ${e.line}`} replay={{ kind: 'unrouted', replayedAt: null, queryKey }}>
          <Facts rows={[[t('operations.id'), e.id], [t('operations.app'), e.app], [t('operations.where'), e.line], [t('operations.what'), e.kind]]} />
          <JsonView value={e.payload} />
        </Entry>
      )}
    />
  );
}
