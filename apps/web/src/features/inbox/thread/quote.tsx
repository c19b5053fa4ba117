import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import classes from './quote.module.css';
import { plainText } from './rich-text.ts';
import { useThread } from './thread-context.ts';

/** What a message answers; a tap goes there. */
export function Quote({ quote }: { quote: NonNullable<Message['quote']> }) {
  const { t } = useTranslation();
  const { goTo } = useThread();
  const id = quote.message_id;
  const text = plainText(quote.text) || t('thread.quoted');
  if (!id) return <blockquote className={classes.quote}>{text}</blockquote>;
  return <button type="button" className={classes.quote} onClick={() => goTo(id)} aria-label={`${t('thread.go_to_quote')}: ${text}`}>{text}</button>;
}
