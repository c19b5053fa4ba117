import { ActionIcon, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../../api/media-url.ts';
import { fullTime } from '../../../ui/format.ts';
import { flatten } from '../live/merge-messages.ts';
import { messagesQuery } from '../queries.ts';
import { contentOf, mediaState } from './content.ts';
import classes from './lightbox.module.css';
import { plainText } from './rich-text.ts';
import { useThread } from './thread-context.ts';

interface Props {
  conversationId: string;
  messageId: string;
  onMove: (messageId: string) => void;
  onClose: () => void;
}

/** A picture on the whole screen, and the way to the others of the conversation. */
export function Lightbox({ conversationId, messageId, onMove, onClose }: Props) {
  const { t } = useTranslation();
  const { locale, authorName } = useThread();
  const { data } = useInfiniteQuery({ ...messagesQuery(conversationId), enabled: false });
  const pictures = useMemo(
    () =>
      flatten(data).flatMap((message) => {
        const content = contentOf(message);
        if (content.type !== 'image') return [];
        const state = mediaState(content.media);
        return state.kind === 'ready' ? [{ message, id: state.id, caption: content.caption }] : [];
      }),
    [data],
  );
  const index = pictures.findIndex((p) => p.message.id === messageId);
  const picture = pictures[index];
  const previous = pictures[index - 1]?.message.id;
  const next = pictures[index + 1]?.message.id;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const to = event.key === 'ArrowLeft' ? previous : event.key === 'ArrowRight' ? next : undefined;
      if (to) onMove(to);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous, next, onMove]);

  if (!picture) return null;
  return (
    <Modal opened onClose={onClose} fullScreen withCloseButton={false} padding={0} transitionProps={{ duration: 100 }} classNames={{ content: classes.content, body: classes.body }} attributes={{ content: { 'aria-label': t('lightbox.label') } }}>
      <header className={classes.head}>
        <p className={classes.who}>{authorName(picture.message)} · <time dateTime={picture.message.created_at}>{fullTime(picture.message.created_at, locale)}</time></p>
        <span className={classes.count}>{t('lightbox.position', { index: index + 1, count: pictures.length })}</span>
        <ActionIcon component="a" href={mediaUrl(picture.id, true)} download size={40} className={classes.tool} aria-label={t('app.download')}><IconDownload size={20} stroke={1.75} /></ActionIcon>
        <ActionIcon size={40} className={classes.tool} onClick={onClose} aria-label={t('app.close')}><IconX size={20} stroke={1.75} /></ActionIcon>
      </header>
      <div className={classes.stage} onClick={(e) => e.target === e.currentTarget && onClose()}>
        <img key={picture.id} src={mediaUrl(picture.id)} alt={picture.caption ? plainText(picture.caption) : t('type.image')} />
        {previous && <ActionIcon size={44} className={classes.arrow} data-side="left" onClick={() => onMove(previous)} aria-label={t('lightbox.previous')}><IconChevronLeft size={24} /></ActionIcon>}
        {next && <ActionIcon size={44} className={classes.arrow} data-side="right" onClick={() => onMove(next)} aria-label={t('lightbox.next')}><IconChevronRight size={24} /></ActionIcon>}
      </div>
      {picture.caption && <p className={classes.caption}>{plainText(picture.caption)}</p>}
    </Modal>
  );
}
