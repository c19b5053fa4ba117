import { ActionIcon } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../../i18n/index.ts';
import { useExplain } from '../../../ui/explain.ts';
import { fileSize } from '../../../ui/format.ts';
import { TypeIcon } from '../type-icon.tsx';
import classes from './attachment-tray.module.css';
import type { Attachment, Attachments } from './use-attachments.ts';

export function AttachmentTray({ attachments }: { attachments: Attachments }) {
  if (attachments.files.length === 0) return null;
  return <ul className={classes.tray}>{attachments.files.map((f) => <Item key={f.key} file={f} attachments={attachments} />)}</ul>;
}

function Item({ file: f, attachments }: { file: Attachment; attachments: Attachments }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const explain = useExplain();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(f.progress);
  const uploading = f.mediaId === null && f.error === undefined;
  return (
    <li className={classes.item} data-failed={f.error !== undefined || undefined}>
      {f.preview ? <img className={classes.picture} src={f.preview} alt="" /> : <span className={classes.picture}><TypeIcon type={f.kind} size={18} /></span>}
      <span className={classes.text}>
        <span className={classes.name}>{f.file.name}</span>
        <span className={classes.about} role={f.error === undefined ? undefined : 'alert'}>
          {f.error !== undefined ? t('composer.upload_failed', { reason: explain(f.error) }) : uploading ? t('composer.uploading', { percent }) : fileSize(f.file.size, locale)}
        </span>
      </span>
      {f.error !== undefined && <ActionIcon size={28} onClick={() => attachments.retry(f.key)} aria-label={t('app.retry')}><IconRefresh size={15} stroke={1.75} /></ActionIcon>}
      <ActionIcon size={28} onClick={() => attachments.remove(f.key)} aria-label={t('composer.remove_file', { name: f.file.name })}><IconX size={15} stroke={1.75} /></ActionIcon>
      {uploading && <progress className={classes.bar} value={f.progress} max={1} aria-label={t('composer.uploading', { percent })} />}
    </li>
  );
}
