import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store.ts';
import { connection } from '../inbox/live/live.ts';
import classes from './connection-bar.module.css';

/** A reconnect within this time is nobody's business. */
const PATIENCE_MS = 2_500;

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

export function ConnectionBar() {
  const { t } = useTranslation();
  const state = useStore(connection);
  const online = useOnline();
  const down = !online || state === 'down';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!down) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), online ? PATIENCE_MS : 0);
    return () => clearTimeout(timer);
  }, [down, online]);

  return (
    <div role="status" aria-live="polite" className={classes.live}>
      {shown && (
        <div className={classes.bar}>
          {online ? <IconRefresh size={15} className={classes.spin} aria-hidden /> : <IconCloudOff size={15} aria-hidden />}
          {online ? t('connection.reconnecting') : t('connection.offline')}
        </div>
      )}
    </div>
  );
}
