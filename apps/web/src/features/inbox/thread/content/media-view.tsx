import { IconCloudDown, IconDownload, IconExternalLink, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../../../api/media-url.ts';
import type { Message } from '../../../../api/types.ts';
import { fileSize } from '../../../../ui/format.ts';
import { TypeIcon } from '../../type-icon.tsx';
import { type Content, mediaState, type MediaRef, type MediaType } from '../content.ts';
import { useThread } from '../thread-context.ts';
import { AudioPlayer } from './audio-player.tsx';
import classes from './media-view.module.css';

type MediaContent = Extract<Content, { type: MediaType }>;

export function MediaView({ message, content }: { message: Message; content: MediaContent }) {
  const state = mediaState(content.media);
  if (state.kind === 'linked') return <FileCard media={content.media ?? {}} link={state.link} type={content.type} />;
  if (state.kind !== 'ready') return <Absent content={content} failed={state.kind === 'failed'} reason={state.kind === 'failed' ? state.reason : null} outgoing={message.direction === 'out'} />;
  return <Present message={message} content={content} id={state.id} />;
}

function Present({ message, content, id }: { message: Message; content: MediaContent; id: string }) {
  const { t } = useTranslation();
  const { openImage } = useThread();
  const [broken, setBroken] = useState(false);
  const media = content.media ?? {};
  if (broken || content.type === 'document') return <FileCard media={media} link={mediaUrl(id, true)} own type={content.type} broken={broken} />;
  switch (content.type) {
    case 'image':
      return (
        <button type="button" className={classes.picture} onClick={() => openImage(message.id)} aria-label={content.caption ? `${t('content.open_image')}: ${content.caption}` : t('content.open_image')}>
          <img src={mediaUrl(id)} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />
        </button>
      );
    case 'video': return <video className={classes.video} src={mediaUrl(id)} controls preload="metadata" playsInline onError={() => setBroken(true)} />;
    case 'audio': return <AudioPlayer src={mediaUrl(id)} voice={media.voice === true} own={message.direction === 'out'} onBroken={() => setBroken(true)} />;
    case 'sticker': return <img className={classes.sticker} src={mediaUrl(id)} alt={t('type.sticker')} loading="lazy" onError={() => setBroken(true)} />;
  }
}

/** A file as a card: any type, whatever the browser could not show, and (not `own`) what lies elsewhere. */
function FileCard({ media, link, own, type, broken }: { media: MediaRef; link: string; own?: boolean; type: MediaType; broken?: boolean }) {
  const { t } = useTranslation();
  const { locale } = useThread();
  const name = media.filename ?? t(type === 'document' ? 'content.file' : `type.${type}`);
  const kind = extension(media);
  const Mark = own ? IconDownload : IconExternalLink;
  const about = [kind?.toUpperCase(), media.size === undefined ? null : fileSize(media.size, locale), broken ? t('content.media_broken') : null, own ? null : new URL(link).host].filter(Boolean).join(' · ');
  return (
    <a className={classes.file} href={link} {...(own ? { download: media.filename ?? true } : { target: '_blank', rel: 'noopener noreferrer' })} aria-label={t(own ? 'content.download_file' : 'content.open_file', { name })}>
      <span className={classes.paper} data-kind={kind} aria-hidden>{kind ? kind.slice(0, 4) : <TypeIcon type={type} size={20} />}</span>
      <span className={classes.fileText}>
        <span className={classes.fileName}>{name}</span>
        {about && <span className={classes.about}>{about}</span>}
      </span>
      <Mark size={18} stroke={1.75} className={classes.down} aria-hidden />
    </a>
  );
}

function extension(media: MediaRef): string | undefined {
  const fromName = /\.([a-z0-9]{1,5})$/i.exec(media.filename ?? '')?.[1];
  const fromType = /\/([a-z0-9]{2,4})$/i.exec(media.mime_type ?? '')?.[1];
  return (fromName ?? fromType)?.toLowerCase();
}

/** A file that is not here (yet): arriving, being sent, or given up. */
function Absent({ content, failed, reason, outgoing }: { content: MediaContent; failed: boolean; reason: string | null; outgoing: boolean }) {
  const { t } = useTranslation();
  const { locale } = useThread();
  const media = content.media ?? {};
  const what = media.filename ?? t(content.type === 'audio' && media.voice ? 'type.voice' : `type.${content.type}`);
  const size = media.size === undefined ? '' : ` · ${fileSize(media.size, locale)}`;
  return (
    <div className={classes.absent} data-failed={failed || undefined}>
      <span className={classes.absentMark} aria-hidden>{failed ? <IconPhotoOff size={20} stroke={1.6} /> : outgoing ? <TypeIcon type={content.type} size={20} /> : <IconCloudDown size={20} stroke={1.6} />}</span>
      <span className={classes.fileText}>
        <span className={classes.fileName}>{what}{size}</span>
        <span className={classes.about}>{failed ? t('content.media_failed') : outgoing ? t('status.sending') : t('content.arriving')}{reason ? ` · ${reason}` : ''}</span>
      </span>
    </div>
  );
}
