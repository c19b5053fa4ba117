import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../api/runtime.ts';
import type { Conversation } from '../../../api/types.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { fullTime, phoneNumber } from '../../../ui/format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { detailsOpen } from '../../shell/shell-state.ts';
import { nameOf } from '../names.ts';
import { useThread } from '../thread/thread-context.ts';
import { isOpen, useWindowWords } from '../window-state.ts';
import classes from './details.module.css';
import { Notes } from './notes.tsx';
import { WornLabels } from './worn-labels.tsx';

/** In the order a person asks for them; kinds of a newer server come last. */
const KINDS = ['phone', 'username', 'bsuid', 'parent_bsuid', 'lid'] as const;
const rank = (kind: string): number => (KINDS.findIndex((k) => k === kind) + KINDS.length + 1) % (KINDS.length + 1);

export function Details({ conversation: c }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { locale, me } = useThread();
  const words = useWindowWords();
  const now = useNow();
  const name = nameOf(c) ?? t('list.unnamed');
  const holder = c.holder.kind === 'bot' ? t('author.bot') : c.holder.kind === 'nobody' ? t('holder.nobody') : c.holder.user_id === me ? t('author.me') : (c.holder.name ?? t('author.agent'));
  const label = (kind: string): string => {
    const known = KINDS.find((k) => k === kind);
    return known ? t(`details.${known}`) : kind;
  };
  const addresses = c.contact.addresses.length > 0 ? c.contact.addresses.toSorted((a, b) => rank(a.kind) - rank(b.kind)) : c.contact.phone ? [{ kind: 'phone', value: c.contact.phone }] : [];
  const ids = [['conversation_id', c.id], ['contact_id', c.contact.id], ['account_id', c.account_id]] as const;

  return (
    <aside className={classes.panel} aria-label={t('details.label')}>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('thread.details')}</h2>
        <ActionIcon className={classes.close} onClick={() => detailsOpen.set(false)} aria-label={t('app.close')}><IconX size={18} stroke={1.75} /></ActionIcon>
      </header>
      <div className={classes.face}>
        <Avatar id={c.contact.id} name={c.contact.name ?? c.contact_name} size={64} />
        <p className={classes.name}>{name}</p>
      </div>
      <Section title={t('details.contact')}>
        {addresses.map((a) => <Row key={`${a.kind} ${a.value}`} label={label(a.kind)} value={a.kind === 'phone' ? phoneNumber(a.value) : a.value} copy={a.value} long={a.kind !== 'phone'} />)}
      </Section>
      <p className={classes.toContact}><Link to="/contacts/{-$contactId}" params={{ contactId: c.contact.id }} className={classes.contact}>{t('details.open_contact')}</Link></p>
      <WornLabels conversation={c} />
      <Notes conversationId={c.id} />
      <Section title={t('details.conversation')}>
        <Row label={t('details.account')} value={c.account_name} />
        <Row label={t('details.status')} value={t(c.status === 'open' ? 'details.status_open' : 'details.status_closed')} />
        <Row label={t('details.holder')} value={holder} />
        <Row label={t('details.window')} value={isOpen(c.window, now) ? (c.window.closes_at ? words.short(c.window.closes_at, now) : t('window.unlimited')) : t('window.closed')} hint={c.window.closes_at ? fullTime(c.window.closes_at, locale) : undefined} />
        <Row label={t('details.created')} value={fullTime(c.created_at, locale)} />
        {c.last_message_at && <Row label={t('details.last')} value={fullTime(c.last_message_at, locale)} />}
      </Section>
      <Section title={t('details.ids')}>
        {ids.map(([key, value]) => <Row key={key} label={t(`details.${key}`)} value={value} copy={value} long />)}
      </Section>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      <dl className={classes.rows}>{children}</dl>
    </section>
  );
}

function Row({ label, value, copy, hint, long }: { label: string; value: string; copy?: string; hint?: string; long?: boolean }) {
  return (
    <div className={classes.row} data-long={long || undefined}>
      <dt>{label}</dt>
      <dd title={hint}><span>{value}</span>{copy && <Copy text={copy} what={label} />}</dd>
    </div>
  );
}

function Copy({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  const run = async (): Promise<void> => {
    setDone(await copyText(text));
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" className={classes.copy} onClick={() => void run()} aria-label={done ? t('app.copied') : t('details.copy', { what })}>
      {done ? <IconCheck size={14} stroke={2} aria-hidden /> : <IconCopy size={14} stroke={1.75} aria-hidden />}
    </button>
  );
}
