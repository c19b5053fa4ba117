import { IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListQuery } from '../api/types.ts';
import { setOpenConversation } from '../features/inbox/live/apply.ts';
import { ConversationList } from '../features/inbox/list/conversation-list.tsx';
import { conversationQuery, unreadQuery } from '../features/inbox/queries.ts';
import { ConversationPane } from '../features/inbox/thread/conversation-pane.tsx';
import { nameOf } from '../features/inbox/names.ts';
import { Blank } from '../ui/blank.tsx';
import classes from './inbox.module.css';

export function InboxPage() {
  const { t } = useTranslation();
  const { filter = 'all', account, label, q, message } = useSearch({ from: '/app/inbox' });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useMemo<ListQuery>(() => ({ filter, account_id: account, label_id: label, q }), [filter, account, label, q]);

  useEffect(() => {
    setOpenConversation(conversationId);
    return () => setOpenConversation(undefined);
  }, [conversationId]);

  // Choosing what is open already goes back to the place of it that was meant.
  const [chosen, setChosen] = useState(0);
  const jump = useMemo(() => (message === undefined ? undefined : { message, at: chosen }), [message, chosen]);
  const open = useCallback(
    (id: string | undefined, found?: string) => {
      setChosen((n) => n + 1);
      void navigate(id ? { to: '/inbox/$conversationId', params: { conversationId: id }, search: (s) => ({ ...s, message: found }) } : { to: '/inbox', search: (s) => ({ ...s, message: undefined }) });
    },
    [navigate],
  );
  useDocumentTitle(conversationId);
  useEffect(() => {
    // Bots speak in buttons: their look is there before the first thread is opened, so that no bubble changes under the eye.
    void import('../features/inbox/thread/content/special-view.tsx');
  }, []);

  return (
    <div className={classes.page} data-open={conversationId !== undefined || undefined}>
      <ConversationList query={query} selected={conversationId} onOpen={open} />
      <section className={classes.thread} aria-label={t('nav.inbox')}>
        {conversationId ? (
          <ConversationPane key={conversationId} id={conversationId} jump={jump} onClose={() => open(undefined)} />
        ) : (
          <Blank icon={IconMessages} title={t('thread.pick')} hint={<span className={classes.keys}>{t('thread.pick_hint')} <Kbd size="xs">?</Kbd></span>} />
        )}
      </section>
    </div>
  );
}

/** (3) María Pérez · Centralita: what waits, and where one is. */
function useDocumentTitle(conversationId: string | undefined): void {
  const { t } = useTranslation();
  const { data: unread = 0 } = useQuery(unreadQuery);
  const { data: conversation } = useQuery({ ...conversationQuery(conversationId ?? ''), enabled: conversationId !== undefined });
  const name = conversationId && conversation ? nameOf(conversation) ?? t('list.unnamed') : t('nav.inbox');
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name} · ${t('app.name')}`;
  }, [unread, name, t]);
}
