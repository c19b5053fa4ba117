import { IconClipboardList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Content } from '../content.ts';
import classes from './cards.module.css';
import { Extra } from './extra.tsx';

/** The answers of a form, one line each; the token of the flow is nobody's concern. */
export function FlowReply({ content: c }: { content: Extract<Content, { type: 'flow_reply' }> }) {
  const { t } = useTranslation();
  const answers = c.response && typeof c.response === 'object' && !Array.isArray(c.response) ? Object.entries(c.response).filter(([key]) => key !== 'flow_token') : null;
  return (
    <div className={classes.card}>
      <p className={classes.label}><IconClipboardList size={14} stroke={1.75} aria-hidden />{t('type.flow_reply')}</p>
      {c.body && <p className={classes.strong}>{c.body}</p>}
      {answers ? (
        <dl className={classes.answers} aria-label={t('content.answers')}>
          {answers.map(([key, value]) => (
            <div key={key}>
              <dt>{key.replace(/^screen_\d+_/, '').replace(/_\d+$/, '').replaceAll('_', ' ')}</dt>
              <dd>{typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      ) : c.response !== undefined && <Extra extra={c.response} label={t('content.raw')} />}
    </div>
  );
}
