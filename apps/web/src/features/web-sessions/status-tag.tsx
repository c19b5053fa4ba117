import { useTranslation } from 'react-i18next';
import type { WebSession } from '../../api/types.ts';
import classes from './web-sessions.module.css';

const TONES: Readonly<Record<WebSession['status'], 'good' | 'busy' | 'bad' | 'idle'>> = {
  active: 'good', created: 'idle', closed: 'idle', initializing: 'busy', connecting: 'busy', reconnecting: 'busy', waiting_qr: 'busy', error: 'bad', conflict: 'bad', logged_out: 'bad', banned: 'bad',
};

/** Where a session stands: a light and a word. */
export function StatusTag({ status }: { status: WebSession['status'] }) {
  const { t } = useTranslation();
  return <span className={classes.status} data-tone={TONES[status]} role="status">{t(`web_sessions.status_${status}`)}</span>;
}
