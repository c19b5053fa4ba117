import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/types.ts';
import classes from './reactions.module.css';

/** Reactions at the foot of a bubble. `own`: ours on its way, which counts before the stored one. */
export function Reactions({ message, own }: { message: Message; own: string | undefined }) {
  const { t } = useTranslation();
  const theirs = message.reactions.filter((r) => r.by === 'contact' && r.emoji);
  const stored = message.reactions.find((r) => r.by === 'company')?.emoji;
  const ours = own ?? stored;
  if (theirs.length === 0 && !ours) return null;
  return (
    <span className={classes.reactions}>
      {theirs.map((r) => <span key={r.emoji} role="img" aria-label={t('thread.reacted_in', { emoji: r.emoji })}>{r.emoji}</span>)}
      {ours && <span role="img" data-pending={(own !== undefined && own !== stored) || undefined} aria-label={t('thread.reacted_out', { emoji: ours })}>{ours}</span>}
    </span>
  );
}
