import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mediaUrl } from '../../../../api/media-url.ts';
import type { ChoiceOption, Header } from '../content.ts';
import { RichText } from '../rich-text.tsx';
import classes from './cards.module.css';

export function HeaderView({ header }: { header: Header | undefined }) {
  const { t } = useTranslation();
  if (!header) return null;
  if (typeof header === 'string') return <p className={classes.strong}>{header}</p>;
  const id = header.media?.id;
  if (header.type === 'image' && id) return <img className={classes.headPicture} src={mediaUrl(id)} alt={t('type.image')} loading="lazy" />;
  if (header.type === 'video' && id) return <video className={classes.headPicture} src={mediaUrl(id)} controls preload="metadata" playsInline />;
  const name = header.media?.filename ?? t(header.type === 'document' ? 'type.document' : header.type === 'video' ? 'type.video' : 'type.image');
  return id ? <a className={classes.textLink} href={mediaUrl(id, true)}>{name}</a> : <p className={classes.soft}>{name}</p>;
}

export function Body({ text, footer }: { text: string; footer?: string }) {
  return (
    <>
      <RichText text={text} />
      {footer && <p className={classes.footer}>{footer}</p>}
    </>
  );
}

/** An option offered to the customer: to look at, not to press. */
export function Choice({ option, button }: { option: ChoiceOption; button?: boolean }) {
  return (
    <li className={button ? classes.button : classes.option} title={option.id}>
      {button && <IconArrowBackUp size={15} stroke={1.75} aria-hidden />}
      <span>{option.title ?? option.id}</span>
      {option.description && <span className={classes.soft}>{option.description}</span>}
    </li>
  );
}
