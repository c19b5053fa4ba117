import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import type { DeadLetter } from '../../api/types.ts';
import { Entry, Facts } from './entry.tsx';
import { EntryList } from './entry-list.tsx';

const KINDS = ['send', 'turn', 'call'] as const;
const queryKey = ['operations', 'dead-letters'] as const;

export function DeadLetters() {
  const { t } = useTranslation();
  const kind = (name: string): string => {
    const known = KINDS.find((k) => k === name);
    return known ? t(`operations.kind_${known}`) : name;
  };
  return (
    <EntryList
      queryKey={queryKey} hint={t('operations.dead_letters_hint')} empty={t('operations.empty_dead_letters')}
      fetch={async (cursor, signal) => {
        const page = await answer(api.GET('/api/operations/dead-letters', { params: { query: { cursor } }, signal }));
        return { items: page.dead_letters, next_cursor: page.next_cursor };
      }}
      row={(d: DeadLetter) => (
        <Entry id={d.id} at={d.created_at} title={d.reason} subtitle={`${kind(d.kind)} · ${t('operations.attempts')}: ${d.attempts}`} replay={{ kind: 'dead-letters', replayedAt: d.replayed_at, queryKey }}>
          <Facts rows={[[t('operations.why'), d.detail], [t('operations.what'), kind(d.kind)], [t('operations.attempts'), String(d.attempts)], [t('operations.message_id'), d.message_id], [t('operations.id'), d.id]]} />
          {d.conversation_id && <Link to="/inbox/$conversationId" params={{ conversationId: d.conversation_id }} search={{}}>{t('operations.open_conversation')}</Link>}
        </Entry>
      )}
    />
  );
}
