import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import { tickOf } from '../status.ts';
import { Tick } from '../tick.tsx';
import { pendingOf } from './pending.ts';
import classes from './status-mark.module.css';

const StatusHistory = lazy(() => import('./status-history.tsx').then((m) => ({ default: m.StatusHistory })));

/** The ticks; a tap tells every step the message took. */
export function StatusMark({ message }: { message: Message }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const label = t('status.label', { status: t(`status.${message.status}`) });
  const button = (
    <button type="button" className={classes.mark} onClick={() => setOpen(!open)} aria-label={label} title={t(`status.${message.status}`)} aria-expanded={open} disabled={pendingOf(message) !== undefined}>
      <Tick tick={tickOf(message.status)} />
    </button>
  );
  // A popover for each of hundreds of bubbles would be paid for by every one of them.
  return open ? <Suspense fallback={button}><StatusHistory message={message} target={button} onClose={() => setOpen(false)} /></Suspense> : button;
}
