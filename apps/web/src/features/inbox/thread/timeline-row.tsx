import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayLabel, phoneNumber } from '../../../ui/format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { MessageRow } from './message-row.tsx';
import { Note } from './note.tsx';
import { useThread } from './thread-context.ts';
import type { TimelineItem } from './timeline.ts';
import classes from './timeline-row.module.css';

/** `reaction`: one of ours that is on its way; empty when it is being taken back. */
export const TimelineRow = memo(function TimelineRow({ item, reaction }: { item: TimelineItem; reaction: string | undefined }) {
  switch (item.kind) {
    case 'day': return <Day at={item.at} />;
    case 'unread': return <Unread count={item.count} />;
    case 'number': return <OtherNumber number={item.number} />;
    case 'note': return <Note message={item.message} target={item.target} />;
    case 'message': return <MessageRow message={item.message} first={item.first} last={item.last} target={item.target} amended={item.amended} reaction={reaction} />;
  }
}, (a, b) => a.reaction === b.reaction && sameItem(a.item, b.item));

/** The timeline is laid out anew with every event; rows whose message did not change are not drawn again. */
function sameItem(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind !== b.kind || a.key !== b.key) return false;
  switch (a.kind) {
    case 'day': return b.kind === 'day' && a.at === b.at;
    case 'unread': return b.kind === 'unread' && a.count === b.count;
    case 'number': return b.kind === 'number' && a.number === b.number;
    case 'note': return b.kind === 'note' && a.message === b.message && a.target === b.target;
    case 'message':
      return b.kind === 'message' && a.message === b.message && a.first === b.first && a.last === b.last && a.target === b.target
        && a.amended?.edited === b.amended?.edited && a.amended?.revoked === b.amended?.revoked;
  }
}

function Day({ at }: { at: string }) {
  const { locale } = useThread();
  return <div className={classes.day} role="separator"><span>{dayLabel(at, locale, useNow())}</span></div>;
}

/** Another number of the company: what the contact sees as another chat. */
function OtherNumber({ number }: { number: string | null }) {
  const { t } = useTranslation();
  return <div className={classes.day} role="separator"><span>{number === null ? t('thread.other_number') : t('thread.number', { number: phoneNumber(number) })}</span></div>;
}

function Unread({ count }: { count: number }) {
  const { t } = useTranslation();
  return <div className={classes.unread} role="separator"><span>{t('list.unread', { count })}</span></div>;
}
