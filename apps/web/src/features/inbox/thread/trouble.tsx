import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import { useExplain } from '../../../ui/explain.ts';
import { useOutbox } from '../composer/outbox-context.ts';
import type { PendingSend } from '../composer/outbox.ts';
import { useThread } from './thread-context.ts';
import classes from './trouble.module.css';

const CLASSES = ['retry', 'slow_down', 'pair_limit', 'fall_back', 'permanent', 'needs_template', 'credentials', 'config', 'policy'] as const;
/** Codes of WhatsApp that agents meet and whose class says too little of what to do. */
const CODES = ['131026', '131030', '131049', '131050', '131053'] as const;
const whyKey = (error: Message['error']) => {
  const code = CODES.find((c) => c === error?.code);
  if (code) return `trouble.code_${code}` as const;
  const known = CLASSES.find((c) => c === error?.class);
  return known ? (`trouble.${known}` as const) : 'trouble.unknown_class';
};

/** Why a message did not go, or that nobody knows, and what can be done. */
export function Trouble({ message: m }: { message: Message }) {
  const { t } = useTranslation();
  const { resend, canWrite } = useThread();
  const [busy, setBusy] = useState(false);
  const unknown = m.status === 'unknown';
  const Mark = unknown ? IconHelpCircle : IconAlertTriangle;
  const why = whyKey(m.error);
  // Names of our own say nothing to an agent.
  const code = m.error && /^\d+$/.test(m.error.code) ? t('trouble.code', { code: m.error.code }) : '';
  const carrier = m.error ? [m.error.title, m.error.detail].filter(Boolean).map((s) => s!.replace(/\.?$/, '.')).join(' ') : '';
  return (
    <div className={classes.box} data-unknown={unknown || undefined}>
      <p className={classes.title}><Mark size={15} stroke={1.75} aria-hidden />{t(unknown ? 'trouble.unknown' : 'trouble.failed')}</p>
      <p className={classes.text}>{unknown ? t('trouble.unknown_hint') : t(why)}</p>
      {carrier && <details className={classes.carrier}><summary>{code || t('trouble.carrier')}</summary>{carrier}</details>}
      {m.can_resend && canWrite && (
        <Button
          size="compact-sm" variant="default" mt={6} loading={busy}
          onClick={() => {
            setBusy(true);
            void resend(m).finally(() => setBusy(false));
          }}
        >
          {t('thread.resend')}
        </Button>
      )}
    </div>
  );
}

/** A message the server has not taken: on the way, waiting for the connection, or refused. */
export function PendingTrouble({ pending: p }: { pending: PendingSend }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const outbox = useOutbox();
  if (p.state === 'waiting' && p.error !== undefined) return <p className={classes.waiting}>{t('thread.waiting')}</p>;
  if (p.state !== 'failed') return null;
  return (
    <div className={classes.box} role="alert">
      <p className={classes.title}><IconAlertTriangle size={15} stroke={1.75} aria-hidden />{t('trouble.failed')}</p>
      {p.error !== undefined && <p className={classes.text}>{explain(p.error)}</p>}
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" onClick={() => outbox.retry(p.client_id)}>{t('thread.resend')}</Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => outbox.discard(p.client_id)}>{t('thread.discard')}</Button>
      </div>
    </div>
  );
}
