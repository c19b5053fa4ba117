import { Button } from '@mantine/core';
import { IconCheck, IconRobot, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../api/types.ts';
import type { Turn } from '../use-turn.ts';
import classes from './turn-bar.module.css';

/** Says calmly that somebody else answers here, and how to take over. */
export function TurnBar({ conversation: c, turn }: { conversation: Conversation; turn: Turn }) {
  const { t } = useTranslation();
  // Who only writes, such as a developer trying something, has the turn by writing.
  if (!turn.mayHandle) return null;
  if (c.status === 'closed') {
    return (
      <div className={classes.bar}>
        <IconCheck size={16} stroke={1.75} aria-hidden /><span className={classes.text}>{t('turn.closed')}</span>
        <Button size="compact-sm" variant="subtle" loading={turn.pending === 'reopen'} onClick={() => turn.run('reopen')}>{t('turn.reopen')}</Button>
      </div>
    );
  }
  if (turn.mine || c.holder.kind === 'nobody') return null;
  const bot = c.holder.kind === 'bot';
  return (
    <div className={classes.bar}>
      {bot ? <IconRobot size={16} stroke={1.75} aria-hidden /> : <IconUser size={16} stroke={1.75} aria-hidden />}
      <span className={classes.text}>
        {bot ? t('turn.bot') : t('turn.other', { name: c.holder.name ?? t('author.agent') })}
        <span className={classes.hint}> · {t('turn.bot_hint')}</span>
      </span>
      <Button size="compact-sm" variant="subtle" loading={turn.pending === 'take'} onClick={() => turn.run('take')}>{t('turn.take')}</Button>
    </div>
  );
}
