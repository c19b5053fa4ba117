import { IconAlertTriangleFilled, IconCheck, IconRobot } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { Fragment, memo, useSyncExternalStore, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, SearchMatch } from '../../../api/types.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { hueOf, initials, shortTime } from '../../../ui/format.ts';
import { LabelDots } from '../../contacts/label-dots.tsx';
import { Tick } from '../tick.tsx';
import { readDraft, subscribeDrafts } from '../composer/drafts.ts';
import { nameOf } from '../names.ts';
import { isKnownType } from '../thread/content.ts';
import { plainText } from '../thread/rich-text.ts';
import { tickOf } from '../status.ts';
import { TypeIcon } from '../type-icon.tsx';
import classes from './conversation-row.module.css';

interface Props {
  conversation: Conversation;
  /** Where the words that were searched are. */
  match: SearchMatch | undefined;
  selected: boolean;
  /** The one row that Tab reaches; the arrows go on from it. */
  reachable: boolean;
  me: string;
  locale: string;
  now: number;
  accountShown: boolean;
  onOpen: (id: string, message: string | undefined) => void;
  onFocus: (id: string) => void;
}

export const ConversationRow = memo(function ConversationRow({ conversation: c, match, selected, reachable, me, locale, now, accountShown, onOpen, onFocus }: Props) {
  const { t } = useTranslation();
  const name = nameOf(c) ?? t('list.unnamed');
  const at = c.last_message_at ?? c.created_at;
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(c.id, match?.message_id);
  };
  const label = [
    name,
    c.unread > 0 ? t('list.unread', { count: c.unread }) : '',
    c.troubled > 0 ? t('list.troubled', { count: c.troubled }) : '',
    c.status === 'closed' ? t('list.closed') : holderText(c, me, t),
    c.labels.map((l) => l.name).join(', '),
    accountShown ? c.account_name : '',
    shortTime(at, locale, now),
    match?.text ?? (c.last_message ? plainText(c.last_message.text) : ''),
  ].filter(Boolean).join(', ');

  return (
    <a
      href={`/inbox/${encodeURIComponent(c.id)}${match ? `?message=${encodeURIComponent(match.message_id)}` : ''}`} className={classes.row} data-id={c.id} data-selected={selected || undefined} data-unread={c.unread > 0 || undefined} data-closed={c.status === 'closed' || undefined}
      aria-current={selected ? 'true' : undefined} aria-label={label} tabIndex={reachable ? 0 : -1} onClick={open} onFocus={() => onFocus(c.id)} draggable={false}
    >
      <span className={classes.face}>
        <Avatar id={c.contact.id} name={c.contact.name ?? c.contact_name} size={40} />
        <HolderBadge conversation={c} me={me} />
      </span>
      <span className={classes.body}>
        <span className={classes.top}>
          <span className={classes.name}>{name}</span>
          {accountShown && <span className={classes.account} title={c.account_name} style={{ '--hue': hueOf(c.account_id) } as React.CSSProperties} />}
          <time className={classes.time} dateTime={at}>{shortTime(at, locale, now)}</time>
        </span>
        <span className={classes.bottom}>
          {match ? <Found match={match} /> : <Preview conversation={c} me={me} selected={selected} />}
          <LabelDots labels={c.labels} />
          {c.status === 'closed' && <IconCheck size={15} stroke={2} className={classes.done} aria-hidden />}
          {c.troubled > 0 && <IconAlertTriangleFilled size={15} className={classes.trouble} aria-hidden />}
          {c.unread > 0 && <span className={classes.unread}>{c.unread > 99 ? '99+' : c.unread}</span>}
        </span>
      </span>
    </a>
  );
});

function holderText(c: Conversation, me: string, t: TFunction): string {
  if (c.holder.kind === 'bot') return t('holder.bot');
  if (c.holder.kind === 'nobody') return t('holder.nobody');
  return c.holder.user_id === me ? t('holder.mine') : t('holder.agent', { name: c.holder.name ?? t('author.agent') });
}

/** Who has the turn, at the corner of the face: the bot, or an agent by initials. */
function HolderBadge({ conversation: c, me }: { conversation: Conversation; me: string }) {
  const { t } = useTranslation();
  if (c.holder.kind === 'nobody' || c.status === 'closed') return null;
  const mine = c.holder.user_id === me;
  return (
    <span className={classes.holder} data-kind={c.holder.kind} data-mine={mine || undefined} title={holderText(c, me, t)} aria-hidden>
      {c.holder.kind === 'bot' ? <BotFace /> : initials(c.holder.name)?.slice(0, 2) ?? ''}
    </span>
  );
}

/** A robot that can be told at twelve pixels. */
function BotFace() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden>
      <path d="M7 1.2v2" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
      <path fillRule="evenodd" d="M4.4 3.4h5.2A2.4 2.4 0 0 1 12 5.8v3.4a2.4 2.4 0 0 1-2.4 2.4H4.4A2.4 2.4 0 0 1 2 9.2V5.8a2.4 2.4 0 0 1 2.4-2.4ZM5 6.2a1.25 1.25 0 1 0 0 2.5 1.25 1.25 0 0 0 0-2.5Zm4 0a1.25 1.25 0 1 0 0 2.5 1.25 1.25 0 0 0 0-2.5Z" />
    </svg>
  );
}

/** WhatsApp's signs for bold and the like; of a piece of a text nobody knows which belong together. */
const MARKS = /[*~`]/g;

/** What was said, with the words that were looked for. */
function Found({ match: { text, hits } }: { match: SearchMatch }) {
  const between = (from: number | undefined, to?: number): string => text.slice(from, to).replace(MARKS, '');
  return (
    <span className={classes.preview}>
      {hits.map(({ from, to }, i) => <Fragment key={from}>{between(hits[i - 1]?.to, from)}<mark>{text.slice(from, to)}</mark></Fragment>)}
      {between(hits.at(-1)?.to)}
    </span>
  );
}

function Preview({ conversation: c, me, selected }: { conversation: Conversation; me: string; selected: boolean }) {
  const { t } = useTranslation();
  const draft = useSyncExternalStore(subscribeDrafts, () => readDraft(me, c.id).text.trim());
  if (draft && !selected) {
    return <span className={classes.preview}><span className={classes.draft}>{t('list.draft')}</span> {plainText(draft)}</span>;
  }
  const last = c.last_message;
  if (!last) return <span className={classes.preview} />;
  const type = isKnownType(last.type) ? last.type : 'unknown';
  const text = plainText(last.text) || t(`type.${type}`);
  const tick = last.direction === 'out' ? tickOf(last.status) : 'none';
  return (
    <span className={classes.preview}>
      {tick !== 'none' && <Tick tick={tick} className={classes.tick} />}
      {last.author === 'bot' && <IconRobot size={14} stroke={1.75} className={classes.icon} aria-hidden />}
      <TypeIcon type={type} size={14} className={classes.icon} />
      {text}
    </span>
  );
}
