import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../api/types.ts';
import classes from './window-closed.module.css';

/** Instead of a field one could write into for nothing: why sending is closed, and when it opens. */
export function WindowClosed({ conversation: c }: { conversation: Conversation }) {
  const { t } = useTranslation();
  return (
    <div className={classes.wrap}>
      <div className={classes.box} role="note">
        <IconClockPause size={22} stroke={1.6} className={classes.mark} aria-hidden />
        <div className={classes.text}>
          <p className={classes.title}>{t('window.closed_title')}</p>
          <p className={classes.why}>{c.window.reason ?? t('window.closed_default')}</p>
        </div>
        <textarea className="sr-only" aria-label={t('composer.label')} disabled tabIndex={-1} />
      </div>
    </div>
  );
}
