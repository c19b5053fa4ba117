import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconCopy, IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../api/runtime.ts';
import type { Message } from '../../../api/types.ts';
import classes from './message-actions.module.css';
import { useThread } from './thread-context.ts';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** Reply, react, copy. The menu exists only while it is open. `own`: our reaction on it. */
export function MessageActions({ message, own }: { message: Message; own: string | undefined }) {
  const { t } = useTranslation();
  const { reply, canWrite } = useThread();
  const [open, setOpen] = useState(false);
  // Only what the carrier knows can be quoted or reacted to.
  const answerable = canWrite && message.whatsapp_message_id !== null;
  const button = (
    <ActionIcon size={30} onClick={() => setOpen(true)} aria-label={t('thread.actions')} aria-haspopup="menu" aria-expanded={open}><IconDotsVertical size={16} stroke={1.75} /></ActionIcon>
  );
  return (
    <span className={classes.actions} data-open={open || undefined}>
      {answerable && <ActionIcon size={30} className={classes.reply} onClick={() => reply(message)} aria-label={t('thread.reply')} title={t('thread.reply')}><IconArrowBackUp size={17} stroke={1.75} /></ActionIcon>}
      {open ? (
        <Menu opened onChange={setOpen} position={message.direction === 'in' ? 'bottom-start' : 'bottom-end'} width={answerable ? 250 : 180}>
          <Menu.Target>{button}</Menu.Target>
          <Menu.Dropdown>
            {answerable && <Emoji message={message} own={own} onDone={() => setOpen(false)} />}
            {answerable && <Menu.Item leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />} onClick={() => reply(message)}>{t('thread.reply')}</Menu.Item>}
            <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} disabled={!message.text} onClick={() => void copyText(message.text)}>{t('thread.copy_text')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : button}
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
