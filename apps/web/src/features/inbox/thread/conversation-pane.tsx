import { ProblemError } from '@centralita/sdk';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconMessageOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store.ts';
import type { Conversation, Message } from '../../../api/types.ts';
import { useLocale } from '../../../i18n/index.ts';
import { Blank } from '../../../ui/blank.tsx';
import { useExplain } from '../../../ui/explain.ts';
import { useMay, useMe } from '../../session/me.ts';
import { detailsOpen } from '../../shell/shell-state.ts';
import { Composer, type ComposerHandle } from '../composer/composer.tsx';
import { writeDraft, readDraft } from '../composer/drafts.ts';
import { useConversationKeys } from '../use-conversation-keys.ts';
import { type TurnAction, useTurn } from '../use-turn.ts';
import { conversationQuery, trimHistory } from '../queries.ts';
import { ConversationHeader } from './conversation-header.tsx';
import classes from './conversation-pane.module.css';
import { contentOf } from './content.ts';
import { type Jump, MessageLog, type MessageLogHandle } from './message-log.tsx';
import { useAuthorName } from './author-name.ts';
import { ThreadContext, type ThreadTools } from './thread-context.ts';
import { useReact } from './use-react.ts';
import { useResend } from './use-resend.ts';

const Details = lazy(() => import('../details/details.tsx').then((m) => ({ default: m.Details })));
const Lightbox = lazy(() => import('./lightbox.tsx').then((m) => ({ default: m.Lightbox })));

interface Props {
  /** What of it to show. */
  jump: Jump | undefined;
  onClose: () => void;
}

export function ConversationPane({ id, jump, onClose }: Props & { id: string }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const query = useQuery(conversationQuery(id));
  useEffect(() => () => trimHistory(id), [id]);

  if (query.data) return <OpenConversation conversation={query.data} jump={jump} onClose={onClose} />;
  const back = <ActionIcon size={40} className={classes.back} onClick={onClose} aria-label={t('app.back')}><IconArrowLeft size={20} /></ActionIcon>;
  if (query.isError) {
    const missing = query.error instanceof ProblemError && (query.error.status === 404 || query.error.status === 400);
    return (
      <>
        {back}
        <Blank alert icon={missing ? IconMessageOff : IconPlugConnectedX} title={missing ? t('thread.missing') : t('thread.error')} hint={missing ? t('thread.missing_hint') : explain(query.error)}>
          {missing ? <Button variant="light" onClick={onClose}>{t('app.to_inbox')}</Button> : <Button variant="light" loading={query.isFetching} onClick={() => void query.refetch()}>{t('app.retry')}</Button>}
        </Blank>
      </>
    );
  }
  return <div role="status" aria-label={t('app.loading')} className={classes.waiting}>{back}</div>;
}

function OpenConversation({ conversation, jump, onClose }: Props & { conversation: Conversation }) {
  const me = useMe();
  const canWrite = useMay()('whatsapp:send_message') && conversation.window.open;
  const locale = useLocale();
  const details = useStore(detailsOpen);
  const [image, setImage] = useState<string | null>(null);
  const log = useRef<MessageLogHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const turn = useTurn(conversation, useCallback((action: TurnAction) => {
    // The button that was pressed is gone; what comes next is writing.
    if (action === 'take' || action === 'reopen') composer.current?.focus();
  }, []));
  const resend = useResend();
  const react = useReact(conversation.id);
  const authorName = useAuthorName();
  useConversationKeys({ conversation, turn, composer });

  const tools = useMemo<ThreadTools>(
    () => ({
      me: me.user.id,
      locale,
      authorName: (m) => authorName(m, me.user.id),
      reply: (message: Message) => {
        const draft = readDraft(me.user.id, conversation.id);
        const content = contentOf(message);
        writeDraft(me.user.id, conversation.id, { ...draft, quote: { id: message.id, text: message.text || content.type, name: authorName(message, me.user.id) } });
        composer.current?.focus();
      },
      goTo: (id) => log.current?.goTo(id),
      openImage: setImage,
      react,
      resend,
      canWrite,
    }),
    [me.user.id, locale, authorName, conversation.id, canWrite, react, resend],
  );

  return (
    <ThreadContext value={tools}>
      <div className={classes.pane}>
        <div className={classes.main}>
          <ConversationHeader conversation={conversation} turn={turn} onBack={onClose} />
          <MessageLog ref={log} conversation={conversation} jump={jump} />
          <Composer ref={composer} conversation={conversation} turn={turn} onSent={() => log.current?.toLatest()} onLeave={() => composer.current?.blur()} />
        </div>
        {details && <Suspense><Details conversation={conversation} /></Suspense>}
      </div>
      {image && <Suspense><Lightbox conversationId={conversation.id} messageId={image} onMove={setImage} onClose={() => setImage(null)} /></Suspense>}
    </ThreadContext>
  );
}
