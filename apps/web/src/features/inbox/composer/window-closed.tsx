import { IconClockPause, IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../api/types.ts';
import classes from './window-closed.module.css';

/** Instead of a field one could write into for nothing: why sending is closed, and when it opens. */
export function WindowClosed({ conversation: c }: { conversation: Conversation }) {
  const { t } = useTranslation();
  return <NoField closed title={t('window.closed_title')} why={c.window.reason ?? t('window.closed_default')} />;
}

/** Where nothing can be written, and why. */
export function NoField({ title, why, closed }: { title: string; why: string; closed?: boolean }) {
  const { t } = useTranslation();
  const Mark = closed ? IconClockPause : IconEye;
  return (
    <div className={classes.wrap}>
      <div className={classes.box} role="note">
        <Mark size={22} stroke={1.6} className={classes.mark} aria-hidden />
        <div className={classes.text}>
          <p className={classes.title}>{title}</p>
          <p className={classes.why}>{why}</p>
        </div>
        <textarea className="sr-only" aria-label={t('composer.label')} disabled tabIndex={-1} />
      </div>
    </div>
  );
}
