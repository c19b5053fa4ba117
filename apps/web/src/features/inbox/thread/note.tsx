import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import { clockTime } from '../../../ui/format.ts';
import { isTrouble } from '../status.ts';
import { TypeIcon } from '../type-icon.tsx';
import { contentOf } from './content.ts';
import { Extra } from './content/extra.tsx';
import classes from './note.module.css';
import { pendingOf } from './pending.ts';
import { useThread } from './thread-context.ts';
import { PendingTrouble, Trouble } from './trouble.tsx';

/** A line across the thread: what happened to the conversation or to another message. */
export function Note({ message: m, target }: { message: Message; target?: Message }) {
  const { t } = useTranslation();
  const { locale, goTo } = useThread();
  const content = contentOf(m);
  const pending = pendingOf(m);
  const words = (): string => {
    switch (content.type) {
      case 'system': return content.event === 'erased' ? t('content.erased') : content.text || (content.event ?? t('type.system'));
      case 'revoke': return t('content.revoked');
      case 'welcome_request': return t('content.welcome_request');
      case 'reaction': {
        const emoji = content.emoji ?? '';
        if (m.status === 'failed' || pending?.state === 'failed') return t('content.reaction_failed', { emoji });
        return emoji ? t('content.reacted_note', { emoji }) : t('content.unreacted_note');
      }
      default: return m.text;
    }
  };
  return (
    <div className={classes.note} data-message={m.id}>
      <p className={classes.line}>
        <TypeIcon type={content.type} size={14} />
        {target ? <button type="button" className={classes.link} onClick={() => goTo(target.id)}>{words()}</button> : <span>{words()}</span>}
        <time dateTime={m.created_at}>{clockTime(m.created_at, locale)}</time>
      </p>
      {content.type === 'system' && content.data && <Extra extra={content.data} label={t('content.raw')} />}
      {m.extra && Object.keys(m.extra).length > 0 && <Extra extra={m.extra} />}
      {pending ? <PendingTrouble pending={pending} /> : isTrouble(m) && <Trouble message={m} />}
    </div>
  );
}
