import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconCheck, IconDotsVertical, IconHandGrab, IconLayoutSidebarRight, IconRobot, IconUserMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../api/store.ts';
import type { Conversation } from '../../../api/types.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { phoneNumber } from '../../../ui/format.ts';
import { PopMenu } from '../../../ui/pop-menu.tsx';
import { detailsOpen, toggleDetails } from '../../shell/shell-state.ts';
import { nameOf } from '../names.ts';
import { useHasBot } from '../queries.ts';
import type { Turn, TurnAction } from '../use-turn.ts';
import classes from './conversation-header.module.css';

/** What can be done with the turn now, the most likely first. */
function actionsFor(conversation: Conversation, turn: Turn, bot: boolean): TurnAction[] {
  if (!turn.mayHandle) return [];
  // What the bar above the field offers is not offered twice; without a field there is no bar.
  const bar = conversation.window.open;
  if (conversation.status === 'closed') return bar ? [] : ['reopen'];
  if (turn.mine) return ['release', 'close'];
  const offered = conversation.holder.kind !== 'nobody' && bar;
  return [...(offered ? [] : ['take' as const]), ...(turn.mayRelease && (bot || conversation.holder.kind !== 'nobody') ? ['release' as const] : []), 'close'];
}

const ICONS = { take: IconHandGrab, release: IconRobot, close: IconCheck, reopen: IconArrowBackUp } as const;
const markOf = (action: TurnAction, bot: boolean): typeof IconCheck => (action === 'release' && !bot ? IconUserMinus : ICONS[action]);
const KEYS = { take: 't', release: 'b', close: 'e', reopen: 'e' } as const;

export function ConversationHeader({ conversation: c, turn, onBack }: { conversation: Conversation; turn: Turn; onBack: () => void }) {
  const { t } = useTranslation();
  const details = useStore(detailsOpen);
  const name = nameOf(c) ?? t('list.unnamed');
  const phone = c.contact.phone ?? c.contact_phone;
  const number = phone ? phoneNumber(phone) : null;
  const bot = useHasBot(c.account_id);
  const actions = actionsFor(c, turn, bot);
  const label = (action: TurnAction): string =>
    t(action === 'take' && c.holder.kind === 'nobody' ? 'turn.take_free' : action === 'release' && !bot ? 'turn.let_go' : `turn.${action}`);
  const about = [number === name ? null : number, c.account_name].filter(Boolean).join(' · ');

  return (
    <header className={classes.header}>
      <ActionIcon size={40} className={classes.back} onClick={onBack} aria-label={t('app.back')}><IconArrowLeft size={20} stroke={1.75} /></ActionIcon>
      <Avatar id={c.contact.id} name={c.contact.name ?? c.contact_name} size={36} />
      <div className={classes.who}>
        <h2 className={classes.name}>{name}</h2>
        <p className={classes.about}><HolderWord conversation={c} mine={turn.mine} /><span className={classes.place}>{about}</span></p>
      </div>
      <div className={classes.actions}>
        {actions.map((action) => {
          const Mark = markOf(action, bot);
          return (
            <Button
              key={action} size="compact-md" variant={action === 'take' ? 'filled' : 'default'} className={classes.action} aria-label={label(action)} title={`${label(action)} (${KEYS[action]})`}
              loading={turn.pending === action} disabled={turn.pending !== null && turn.pending !== action} onClick={() => turn.run(action)}
            >
              <Mark size={16} stroke={1.75} aria-hidden /><span className={classes.word}>{label(action)}</span>
            </Button>
          );
        })}
      </div>
      <PopMenu
        place={{ position: 'bottom-end', width: 230 }} target={<ActionIcon size={40} className={classes.menu} aria-label={t('app.menu')}><IconDotsVertical size={19} stroke={1.75} /></ActionIcon>}
        entries={() => [
          ...actions.map((action) => {
            const Mark = markOf(action, bot);
            return { kind: 'item' as const, key: action, label: label(action), icon: <Mark size={17} stroke={1.75} aria-hidden />, onClick: () => turn.run(action) };
          }),
          { kind: 'divider', key: 'divider' },
          { kind: 'item', key: 'details', label: t('thread.details'), icon: <IconLayoutSidebarRight size={17} stroke={1.75} aria-hidden />, onClick: toggleDetails },
        ]}
      />
      <ActionIcon className={classes.details} onClick={toggleDetails} aria-label={t('thread.details')} title={`${t('thread.details')} (i)`} aria-expanded={details} data-on={details || undefined}>
        <IconLayoutSidebarRight size={19} stroke={1.75} />
      </ActionIcon>
    </header>
  );
}

function HolderWord({ conversation: c, mine }: { conversation: Conversation; mine: boolean }) {
  const { t } = useTranslation();
  const word = c.status === 'closed' ? t('list.closed')
    : c.holder.kind === 'bot' ? t('holder.bot')
    : c.holder.kind === 'nobody' ? t('holder.nobody')
    : mine ? t('holder.mine') : t('holder.agent', { name: c.holder.name ?? t('author.agent') });
  return <span className={classes.holder} aria-live="polite" data-kind={c.status === 'closed' ? 'closed' : mine ? 'mine' : c.holder.kind}>{word}</span>;
}
