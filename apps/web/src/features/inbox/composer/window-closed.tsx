import { Button } from '@mantine/core';
import { IconClockPause, IconEye } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newId, now as clock } from '../../../api/runtime.ts';
import type { Conversation } from '../../../api/types.ts';
import { useOutbox } from './outbox-context.ts';
import classes from './window-closed.module.css';

// Dialogs weigh more than the whole list; most closed windows stay closed.
const TemplatePicker = lazy(() => import('../../templates/template-picker.tsx').then((m) => ({ default: m.TemplatePicker })));

/** Instead of a field one could write into for nothing: why sending is closed, and the template that can be sent. */
export function WindowClosed({ conversation: c, onSent }: { conversation: Conversation; onSent: () => void }) {
  const { t } = useTranslation();
  const outbox = useOutbox();
  const [picking, setPicking] = useState(false);
  // Without a number nothing can be sent at all.
  const action = c.window.reason === null && <Button variant="light" onClick={() => setPicking(true)}>{t('window.send_template')}</Button>;
  return (
    <>
      <NoField closed title={t('window.closed_title')} why={c.window.reason ?? t('window.closed_default')} action={action} />
      {picking && (
        <Suspense>
          <TemplatePicker
            account={c.account_id} onClose={() => setPicking(false)}
            onPick={({ name, language, variables, preview }) => {
              outbox.add({ client_id: newId(), conversation_id: c.id, content: { type: 'template', template_id: name, language, variables }, preview, quote: null, created_at: new Date(clock()).toISOString() });
              setPicking(false);
              onSent();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** Where nothing can be written, and why. */
export function NoField({ title, why, closed, action }: { title: string; why: string; closed?: boolean; action?: ReactNode }) {
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
        {action}
        <textarea className="sr-only" aria-label={t('composer.label')} disabled tabIndex={-1} />
      </div>
    </div>
  );
}
