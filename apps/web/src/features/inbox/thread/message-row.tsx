import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBrandWhatsapp, IconCode, IconRobot } from '@tabler/icons-react';
import type { Message } from '../../../api/types.ts';
import { clockTime } from '../../../ui/format.ts';
import { isTrouble } from '../status.ts';
import { Bubble } from './bubble.tsx';
import { contentOf } from './content.ts';
import { MessageActions } from './message-actions.tsx';
import classes from './message-row.module.css';
import { pendingOf } from './pending.ts';
import { Reactions } from './reactions.tsx';
import { useThread } from './thread-context.ts';
import type { Amendment } from './timeline.ts';
import { PendingTrouble, Trouble } from './trouble.tsx';

interface Props {
  message: Message;
  first: boolean;
  last: boolean;
  target?: Message;
  amended?: Amendment;
  reaction?: string;
}

export const MessageRow = memo(function MessageRow({ message: m, first, last, target, amended, reaction }: Props) {
  const { t } = useTranslation();
  const { locale, authorName, me } = useThread();
  // Oneself needs no name over every message.
  const named = first && m.direction === 'out' && m.author.user_id !== me;
  const content = contentOf(m);
  const pending = pendingOf(m);
  const author = authorName(m);
  const tone = m.direction === 'in' ? 'in' : m.author.kind === 'agent' ? 'agent' : 'bot';
  return (
    <article className={classes.row} data-side={m.direction} data-last={last || undefined} data-message={m.id} aria-label={`${author}, ${t(`type.${content.type}`)}, ${clockTime(m.created_at, locale)}`}>
      {named && <p className={classes.author}><AuthorIcon kind={m.author.kind} />{author}</p>}
      <div className={classes.line}>
        <div className={classes.stack}>
          <Bubble message={m} content={content} tone={tone} first={first} last={last} target={target} amended={amended} />
          <Reactions message={m} own={reaction} />
        </div>
        {!pending && <MessageActions message={m} own={reaction ?? m.reactions.find((r) => r.by === 'company')?.emoji} />}
      </div>
      {pending ? <PendingTrouble pending={pending} /> : isTrouble(m) && <Trouble message={m} />}
    </article>
  );
});

function AuthorIcon({ kind }: { kind: Message['author']['kind'] }) {
  switch (kind) {
    case 'bot': return <IconRobot size={13} stroke={1.75} aria-hidden />;
    case 'api': return <IconCode size={13} stroke={1.75} aria-hidden />;
    case 'echo': return <IconBrandWhatsapp size={13} stroke={1.75} aria-hidden />;
    case 'agent': case 'contact': case 'system': return null;
  }
}
