import { IconCopy, IconExternalLink, IconFile, IconMapPin, IconPhone, IconPhoto, IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../api/types.ts';
import { RichText } from '../inbox/thread/rich-text.tsx';
import { shownOf } from './filled.ts';
import classes from './templates.module.css';

const FILES = { image: IconPhoto, video: IconVideo, document: IconFile, location: IconMapPin } as const;
const BUTTONS = { URL: IconExternalLink, PHONE_NUMBER: IconPhone, COPY_CODE: IconCopy } as const;
const markOf = <T extends object>(marks: T, kind: string): T[keyof T] | undefined => (Object.hasOwn(marks, kind) ? marks[kind as keyof T] : undefined);

/** A template as the phone shows it. */
export function TemplateBubble({ template, values = {} }: { template: Pick<Template, 'components'>; values?: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const { header, file, body, footer, buttons } = shownOf(template, values);
  const File = file === null ? undefined : markOf(FILES, file) ?? IconFile;
  return (
    <figure className={classes.phone} aria-label={t('template.preview')}>
      <div className={classes.bubble}>
        {File && <div className={classes.file}><File size={26} stroke={1.5} aria-hidden /></div>}
        {header && <p className={classes.header}>{header}</p>}
        <RichText text={body} />
        {footer && <p className={classes.footer}>{footer}</p>}
      </div>
      {buttons.map(({ kind, text }, i) => {
        const Mark = markOf(BUTTONS, kind);
        return <div key={i} className={classes.button}>{Mark && <Mark size={15} stroke={1.75} aria-hidden />}{text}</div>;
      })}
    </figure>
  );
}
