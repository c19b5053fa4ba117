import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './blank.module.css';

/** What a pane shows instead of content: nothing there yet, or it could not be had. */
export function Blank({ icon: Mark, title, hint, alert, compact, children }: { icon: Icon; title: string; hint?: ReactNode; alert?: boolean; compact?: boolean; children?: ReactNode }) {
  return (
    <div className={classes.blank} role={alert ? 'alert' : undefined} data-compact={compact || undefined}>
      <span className={classes.mark} data-alert={alert || undefined}><Mark size={compact ? 20 : 24} stroke={1.5} aria-hidden /></span>
      <p className={classes.title}>{title}</p>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
