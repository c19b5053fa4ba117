import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import { clockTime, fullTime } from '../../../ui/format.ts';
import classes from './bubble.module.css';
import { type Content, isMedia, mediaState } from './content.ts';
import { ContentView } from './content/content-view.tsx';
import { Extra } from './content/extra.tsx';
import { Referral } from './content/referral.tsx';
import { Quote } from './quote.tsx';
import { RichText } from './rich-text.tsx';
import { StatusMark } from './status-mark.tsx';
import { useThread } from './thread-context.ts';
import type { Amendment } from './timeline.ts';
import { isBigEmoji } from './rich-text.ts';

interface Props {
  message: Message;
  content: Content;
  tone: 'in' | 'agent' | 'bot';
  first: boolean;
  last: boolean;
  target?: Message;
  amended?: Amendment;
}

/** Pictures reach the edges of their bubble; stickers and a few emoji have none. */
function shapeOf(content: Content, message: Message): 'plain' | 'media' | 'bare' {
  if (content.type === 'sticker') return 'bare';
  if (content.type === 'text' && !message.quote && !message.referral && isBigEmoji(content.text ?? '')) return 'bare';
  if ((content.type === 'image' || content.type === 'video') && !message.referral) return 'media';
  return 'plain';
}

export function Bubble({ message: m, content, tone, first, last, target, amended }: Props) {
  const { t } = useTranslation();
  const { locale } = useThread();
  const shape = shapeOf(content, m);
  // The time of a picture alone is written onto it.
  const over = content.type === 'image' && shape === 'media' && !content.caption && !amended && !m.extra && mediaState(content.media).kind === 'ready';
  // What the server did with later messages about this one stands in its extra; the rest of it are fields of the wire.
  const { forwarded, edited_at, before_edit, revoked_at, ...unknown } = m.extra ?? {};
  const revoked = amended?.revoked === true || revoked_at !== undefined;
  const edited = amended?.edited !== undefined || edited_at !== undefined;
  return (
    <div className={classes.bubble} data-tone={tone} data-shape={shape} data-over={over || undefined} data-first={first || undefined} data-last={last || undefined} data-revoked={revoked || undefined}>
      {forwarded === true && <p className={classes.over}>{t('content.forwarded')}</p>}
      {m.referral && <Referral referral={m.referral} />}
      {m.quote && <Quote quote={m.quote} />}
      {content.type === 'edit' && target && <Quote quote={{ message_id: target.id, text: target.text }} />}
      <ContentView message={m} content={content} />
      {amended?.edited !== undefined && <div className={classes.edited}><span className={classes.over}>{t('content.edited_as')}</span><RichText text={amended.edited} /></div>}
      {Object.keys(unknown).length > 0 && <Extra extra={unknown} />}
      <div className={classes.foot}>
        {isMedia(content) && content.caption && <RichText text={content.caption} />}
        <span className={classes.meta}>
          {revoked && <span className={classes.gone}><IconTrash size={12} stroke={1.75} aria-hidden />{t('content.deleted')}</span>}
          {edited && <span title={typeof before_edit === 'string' ? before_edit : undefined}>{t('content.edited')}</span>}
          <time dateTime={m.created_at} title={fullTime(m.created_at, locale)}>{clockTime(m.created_at, locale)}</time>
          {m.direction === 'out' && <StatusMark message={m} />}
        </span>
      </div>
    </div>
  );
}
