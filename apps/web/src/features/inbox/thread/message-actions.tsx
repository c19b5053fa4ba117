import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconCopy, IconDotsVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../api/runtime.ts';
import type { Message } from '../../../api/types.ts';
import { PopMenu } from '../../../ui/pop-menu.tsx';
import type { MenuEntry } from '../../../ui/menu-entry.ts';
import classes from './message-actions.module.css';
import { useThread } from './thread-context.ts';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** Reply, react, copy. `own`: our reaction on the message. */
export function MessageActions({ message, own }: { message: Message; own: string | undefined }) {
  const { t } = useTranslation();
  const { reply, canWrite } = useThread();
  // Only what the carrier knows can be quoted or reacted to.
  const answerable = canWrite && message.whatsapp_message_id !== null;
  const entries = (): MenuEntry[] => [
    ...(answerable ? [
      { kind: 'custom' as const, key: 'react', node: (close: () => void) => <Emoji message={message} own={own} onDone={close} /> },
      { kind: 'item' as const, key: 'reply', icon: <IconArrowBackUp size={16} stroke={1.75} aria-hidden />, label: t('thread.reply'), onClick: () => reply(message) },
    ] : []),
    { kind: 'item', key: 'copy', icon: <IconCopy size={16} stroke={1.75} aria-hidden />, label: t('thread.copy_text'), disabled: !message.text, onClick: () => void copyText(message.text) },
  ];
  return (
    <span className={classes.actions}>
      {answerable && <ActionIcon size={30} className={classes.reply} onClick={() => reply(message)} aria-label={t('thread.reply')} title={t('thread.reply')}><IconArrowBackUp size={17} stroke={1.75} /></ActionIcon>}
      <PopMenu
        place={{ position: message.direction === 'in' ? 'bottom-start' : 'bottom-end', width: answerable ? 250 : 180 }} entries={entries}
        target={<ActionIcon size={30} aria-label={t('thread.actions')}><IconDotsVertical size={16} stroke={1.75} /></ActionIcon>}
      />
    </span>
  );
}

function Emoji({ message, own, onDone }: { message: Message; own: string | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const { react } = useThread();
  return (
    <div className={classes.emoji} role="group" aria-label={t('thread.react_more')}>
      {EMOJI.map((emoji) => (
        <button
          key={emoji} type="button" className={classes.one} aria-pressed={own === emoji} aria-label={own === emoji ? t('thread.unreact') : t('thread.react', { emoji })}
          onClick={() => {
            react(message, own === emoji ? '' : emoji);
            onDone();
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
